"""Contents of files with faults, and the message about each of them; None where there is no fault."""

from command_line import GOOD

BAD_FILES = {
    "empty": (b"", "1:1 error[invalid-yaml] 文件是空的；一张表至少要有“项目名称: …”"),
    "comment": (b"# x\n", "1:1 error[invalid-yaml] 文件是空的；一张表至少要有“项目名称: …”"),
    "list": ("- 项目名称: 甲\n", "1:3 error[wrong-type] 表格应由“项目名称: …”这样的行组成，写成了列表"),
    "binary": (
        b"PK\x03\x04\x00\x00",
        "1:1 error[unreadable-file] 不是文本文件（可能是 Word、图片，或已损坏）；YAML 表格应是 UTF-8 文本",
    ),
    "latin": (
        b"\xff\xfa\xfb\x81\x82",
        "1:1 error[unreadable-file] 不是文本文件（可能是 Word、图片，或已损坏）；YAML 表格应是 UTF-8 文本",
    ),
    "gb18030": (
        GOOD.encode("gb18030"),
        "1:1 warning[encoding] 文件是 GB18030 编码，已按此读取；请另存为 UTF-8",
    ),
    "utf16": (GOOD.encode("utf-16"), "1:1 warning[encoding] 文件是 UTF-16 编码，已按此读取；请另存为 UTF-8"),
    "bom": (b"\xef\xbb\xbf" + GOOD.encode(), None),
    "crlf": (GOOD.replace("\n", "\r\n"), None),
    "duplicate": (
        GOOD + "项目名称: 乙\n",
        "25:1 error[duplicate-key] “项目名称”重复出现，只读取了第一个；请删去一个，或改用不同的名称",
    ),
    "wide-colon": (
        GOOD.replace("主管部门: ", "主管部门："),
        "2:5 error[invalid-yaml] 冒号是全角“：”；请改为半角冒号加空格“: ”",
    ),
    "wide-colons": (
        GOOD.replace(": ", "：").replace(":\n", "：\n"),
        "1:5 error[invalid-yaml] 冒号是全角“：”；请改为半角冒号加空格“: ”（共 23 处，另见第 2 行、第 3 行、第 4 行、第 5 行、第 6 行、第 7 行、第 8 行、第 10 行、第 11 行、第 12 行等）",
    ),
    "greater": (
        GOOD.replace("≥95%", ">=95%"),
        "14:12 error[invalid-yaml] 值以“>”开头，在 YAML 里有别的含义；请改用“≥”，或给整个值加引号",
    ),
    "bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\n",
        "1:4 error[invalid-yaml] 以“&”“*”开头的文字在 YAML 里是锚点和引用，内容会丢失；请给整个值加引号（共 4 处，另见第 2 行）",
    ),
    "large": (
        "项目名称: " + "长" * 3_500_000,
        "1:1 error[unreadable-file] 超过 1000000 字节，没有读取；一张表通常只有几千字节，请确认没有放错文件",
    ),
    "deep-flow": (
        "[" * 10_000,
        "1:65 error[invalid-yaml] 层次超过 64 层，没有读取；一张表只有四五层，请检查括号和缩进",
    ),
    "deep-block": (
        "".join(" " * depth + "a:\n" for depth in range(900)),
        "65:65 error[invalid-yaml] 层次超过 64 层，没有读取；一张表只有四五层，请检查括号和缩进",
    ),
    "deep-questions": (
        "? " * 10_000,
        "1:129 error[invalid-yaml] 层次超过 64 层，没有读取；一张表只有四五层，请检查括号和缩进",
    ),
    "two-documents": (
        GOOD + "---\n" + GOOD,
        "25:1 error[invalid-yaml] 一个文件只写一张表；请把“---”以后的内容移到另一个文件",
    ),
    "control": (
        GOOD.replace("县人社局", "县\x07人社局"),
        "2:8 error[invalid-yaml] 含有不可见的控制字符 U+0007；请删去这个字符",
    ),
}
