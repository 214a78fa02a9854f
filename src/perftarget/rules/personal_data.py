"""Report identity numbers, mobile numbers and bank accounts in a table that will be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.cells import written_texts
from perftarget.tables.model import Table
from perftarget.text.normalize import fold

_DIGITS: Final = re.compile(r"\d{4}[ -]?\d{4}")
_IDENTITY: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx](?![0-9])"
)
_MOBILE: Final = re.compile(
    r"(?<![0-9.A-Za-z≥≤=<>-])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9]|[.][0-9]|[万亿]?[元人户件个次条页份项笔字吨亩])"
)
_ACCOUNT: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9]{12,21}|[0-9]{4}(?: [0-9]{4}){2,4}(?: [0-9]{1,3})?)(?![0-9A-Za-z])"
)
_IDENTITY_LABEL: Final = re.compile(r"(?:身份证|证件)[^0-9]{0,6}$")
_ACCOUNT_LABEL: Final = re.compile(r"(?:账户|帐户|账号|帐号|卡号|银行卡)[^0-9]{0,6}$")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_CONTACT: Final = re.compile("电话|手机|联系")


@rule(
    title=("表中有个人信息", "The table contains personal data"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="个人信息保护法",
)
def personal_data(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效目标表要随预算公开，不应写身份证号、手机号和银行账号。

    A table that is published with the budget has no identity numbers, mobile numbers or bank accounts.

    ## 为什么

    绩效目标随部门预算向社会公开，写在表里的号码也就一起公开了。

    ## 例

    ```yaml
    年度总体绩效目标:
      - 发放补贴 320 人，联系电话 13900001111。 # ✗ 写有手机号（139****1111）；绩效目标表要公开，请删去
      - 收款账户 6222020000000000000。 # ✗ 写有银行账号（622****0000）；绩效目标表要公开，请删去
    绩效指标:
      11-数量指标:
        补贴人数: {值: 320人, 备注: 经办人身份证号 11010119000101123X} # ✗⟦经办人身份证号 11010119000101123X⟧ 写有身份证号（110****123X）；绩效目标表要公开，请删去
    ```

    ## 怎样改

    单位的固定电话可以写；个人的号码写在不公开的联系表里。

    ```yaml
    年度总体绩效目标:
      - 发放补贴 320 人，咨询电话 0952-6011000。
    ```

    ## 依据

    《个人信息保护法》：处理个人信息应当限于实现处理目的的最小范围。身份证号按校验码认定，或者前面写明是身份证号、证件号；
    银行账号按校验位认定，或者前面写明是账户、账号、卡号。名称为联系电话、手机的栏目，写手机号不提示。
    """
    for loc, text in written_texts(table):
        if _DIGITS.search(text) and (found := _numbers(fold(text), str(loc[-1]))):
            named = join_words([f"{kind}（{number[:3]}****{number[-4:]}）" for kind, number in found])
            message = tr(
                f"写有{named}；绩效目标表要公开，请删去",
                f"this contains personal data: {named}; the table is published, so delete it",
            )
            yield Finding(loc, message)


def _numbers(text: str, label: str) -> list[tuple[str, str]]:
    """Return the numbers of persons in a text with what they are."""
    found = []
    identities = {match[0] for match in _IDENTITY.finditer(text) if _is_identity(match)}
    found += [(tr("身份证号", "identity number"), number) for number in sorted(identities)]
    if not _CONTACT.search(label):
        found += [(tr("手机号", "mobile number"), number) for number in _MOBILE.findall(text)]
    accounts = [match[0] for match in _ACCOUNT.finditer(text) if _is_account(match)]
    return found + [(tr("银行账号", "bank account"), number) for number in accounts if number not in identities]


def _is_identity(match: re.Match[str]) -> bool:
    """Return True if the check digit is right, or if the text before says that it is an identity number."""
    number = match[0].upper()
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % 11] == number[17] or bool(_IDENTITY_LABEL.search(match.string[: match.start()]))


def _is_account(match: re.Match[str]) -> bool:
    """Return True if the text before says that it is an account, or if it is a card number with its check digit."""
    if _ACCOUNT_LABEL.search(match.string[max(0, match.start() - 12) : match.start()]):
        return True
    number = match[0].replace(" ", "")
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    is_valid = (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0
    return number.startswith("62") and 16 <= len(number) <= 19 and is_valid
