"""A table whose texts try to be something else: markup, a command, a link, a formula."""

from __future__ import annotations

ATTACKS = (
    "<script>document.title='gone'</script>",
    "<img src=https://example.com/x.png onerror=alert(1)>",
    "](javascript:alert(1)) ![x](https://example.com/x.png)",
    "[x](https://example.com) www.example.com mail@example.com",
    "@somebody #12 `code` **bold** ~~gone~~ $x$ | cell | & &lt;",
    "::error file=x::y %0A::warning::z",
    "{{ 7*7 }} {% raw %} ${{ github.token }}",
    "]]> --> <!-- '\" \\",
    "=HYPERLINK(1) # heading",
    "1. one\\u202etxt\\u200b\\e[31mred\\e[0m",
)


def quoted(text: str) -> str:
    """Return the text as a quoted YAML scalar; the escapes of the last attack are kept for YAML."""
    text = text.replace('"', '\\"')
    return f'"{text}"' if "\\u" in text else '"' + text.replace("\\ ", "\\\\ ").replace(" \\", " \\\\") + '"'


def table() -> str:
    """Return a valid table of these texts, in which many rules find something."""
    rows = "\n".join(f"    {quoted(attack)}: {quoted(attack)}" for attack in ATTACKS)
    goals = "\n".join(f"  - {quoted(attack)}" for attack in ATTACKS)
    return f"""\
项目名称: {quoted(ATTACKS[0])}
主管部门: {quoted(ATTACKS[1])}
实施单位: {quoted(ATTACKS[9])}
项目属性:
项目期限: {quoted(ATTACKS[5])}
项目主管处室: {quoted(ATTACKS[4])}
项目年度金额: 12 万元
年度总体绩效目标:
{goals}
绩效指标:
  11-数量指标:
    补贴人数（人）: 10 人
  12-质量指标:
{rows}
  14-成本指标:
    人均标准: 2000 元/月
豁免:
  - {{规则: blank-field, 理由: {quoted(ATTACKS[1])}}}
"""
