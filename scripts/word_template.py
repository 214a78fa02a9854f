"""Write the template of Word documents, `src/perftarget/formats/docx/template.docx`.

It has what python-docx cannot set: the defaults of the document, the line grid and the compatibility settings.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import parse_xml
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import nsdecls
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart

from perftarget.formats.docx.write_file import save_document

TEMPLATE = Path(__file__).resolve().parents[1] / "src" / "perftarget" / "formats" / "docx" / "template.docx"
# A grid without a type is off: lines keep their own height.
DOCUMENT = f"""
<w:document {nsdecls("w", "r")}>
  <w:body><w:sectPr><w:docGrid w:linePitch="579"/></w:sectPr></w:body>
</w:document>
"""
STYLES = f"""
<w:styles {nsdecls("w")}>
  <w:docDefaults>
    <w:rPrDefault>
      <w:rPr>
        <w:rFonts/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
      </w:rPr>
    </w:rPrDefault>
    <w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault>
  </w:docDefaults>
  <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
  <w:style w:type="table" w:default="1" w:styleId="TableNormal">
    <w:name w:val="Normal Table"/>
    <w:uiPriority w:val="99"/>
    <w:semiHidden/>
    <w:unhideWhenUsed/>
    <w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>
  </w:style>
</w:styles>
"""
SETTINGS = f"""
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="640"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""


def template() -> bytes:
    """Return the content of the template."""
    package = Package()
    part = DocumentPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, parse_xml(DOCUMENT), package)
    styles = StylesPart(PackURI("/word/styles.xml"), CONTENT_TYPE.WML_STYLES, parse_xml(STYLES), package)
    settings = SettingsPart(PackURI("/word/settings.xml"), CONTENT_TYPE.WML_SETTINGS, parse_xml(SETTINGS), package)
    properties = CorePropertiesPart(
        PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package
    )
    package.relate_to(part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    package.relate_to(properties, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    part.relate_to(styles, RELATIONSHIP_TYPE.STYLES)
    part.relate_to(settings, RELATIONSHIP_TYPE.SETTINGS)
    properties.core_properties.language = "zh-CN"
    # Fixed dates, so that the same tables give the same bytes.
    properties.core_properties.created = properties.core_properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
    return save_document(part.document)


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
