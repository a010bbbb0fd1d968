<?xml version="1.0" encoding="UTF-8"?>
<!--
  Hands a dossier over to another agency as an official document (edXML), in the order and with the prefixes of EdXML102.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:m="urn:lienthong:mapping" xmlns:lt="urn:lienthong:functions"
  xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"
  exclude-result-prefixes="m lt">

  <m:mapping name="canonical--edxml.document" version="1">
    <m:source schema="canonical/1/canonical.xsd" format="xml"/>
    <m:target schema="edxml/1/document.xsd" format="xml"/>
    <m:ignore from="nationalCode[not(starts-with(., 'G22.99.')) or . = /dossier/code]"
      reason="the document names a national code where it is one, and not the dossier's own code"/>
    <m:ignore from="externalId | receiptNumber | field | procedure/serviceCode"
      reason="the document names the dossier by its code and the procedure by its own"/>
    <m:ignore from="status[/dossier/externalId/system = 'buoc']" reason="a step of a procedure hands the dossier over, whatever its sender calls it"/>
    <m:ignore from="procedure/name[/dossier/summary]" reason="Content has one text, and the summary is nearer"/>
    <m:ignore from="owner/*[not(self::name)] | applicant" reason="the document names the owner, and nobody else"/>
    <m:ignore from="receivedAt[/dossier/officialDocument/issuedAt]" reason="the document has one day, which is its own"/>
    <m:ignore from="submittedAt | finishedAt | returnedAt | refusedAt | closedAt" reason="the document has one day and a due date"/>
    <m:ignore from="unit[/dossier/sender/code] | unit[not(code)] | unit/level | agency[/dossier/sender/code or /dossier/unit/code]"
      reason="From is one of the three, the first that has a code"/>
    <m:ignore from="sender[not(code)]" reason="who has no code cannot send"/>
    <m:ignore from="sender/districtCode | sender/provinceCode | recipient/districtCode | recipient/provinceCode"
      reason="an organisation is known by its code"/>
    <m:ignore from="attachment[deleted = 'true' or deleted = '1']" reason="a deleted file does not travel"/>
    <m:ignore from="attachment/*[not(self::name or self::content)]" reason="a file travels with its name and nothing else"/>
    <m:ignore from="otherPaper" reason="Paper says that there are some, and not which"/>
    <m:ignore from="land | eForm | note | registration | recordRequest | promotion" reason="what is asked for stands in the files"/>
    <m:ignore from="channel | source | receivedBy | accountVerified | digitised | usedDatabase"
      reason="of the desk that received the dossier, and not of the handover"/>
    <m:ignore from="fee | payment | onlinePayment | resultReturn | delivery" reason="settled where the dossier was received"/>
    <m:ignore from="supplement | result" reason="told by status messages (canonical--edxml.status)"/>
  </m:mapping>

  <!-- A deleted file does not travel. -->
  <xsl:variable name="files" select="/dossier/attachment[not(deleted = 'true' or deleted = '1')]"/>

  <!-- Who sends: what the dossier says, else the unit, else the agency above it. -->
  <xsl:variable name="sender" select="(/dossier/sender[code] | /dossier[not(sender/code)]/unit[code]
    | /dossier[not(sender/code) and not(unit/code)]/agency)[1]"/>

  <!-- The day of the official document, else the day of receipt, which stands before it in every dossier. -->
  <xsl:variable name="day"
    select="lt:time(string((/dossier/receivedAt | /dossier/officialDocument/issuedAt)[last()]), 'iso', 'yyyy/MM/dd')"/>
  <!-- A step of a procedure hands the dossier over, whatever its sender calls it. -->
  <xsl:variable name="status">
    <xsl:choose>
      <xsl:when test="/dossier/externalId[system = 'buoc']">interoperating</xsl:when>
      <xsl:otherwise><xsl:value-of select="/dossier/status"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="notation" select="lt:code(string($status), 'edxml-notation', 'out')"/>

  <xsl:template match="/dossier">
    <edXML>
      <edXML:edXMLEnvelope>
        <edXML:edXMLHeader>
          <edXML:MessageHeader>
            <xsl:call-template name="header"/>
          </edXML:MessageHeader>
          <edXML:TraceHeaderList>
            <Bussiness>
              <DocumentId><xsl:call-template name="document-id"/></DocumentId>
              <BussinessDocType>0</BussinessDocType>
              <Paper><xsl:value-of select="number(boolean(otherPaper))"/></Paper>
            </Bussiness>
          </edXML:TraceHeaderList>
        </edXML:edXMLHeader>
        <edXML:edXMLBody>
          <edXMLManifest version="1.0">
            <xsl:apply-templates select="$files" mode="reference"/>
          </edXMLManifest>
        </edXML:edXMLBody>
      </edXML:edXMLEnvelope>
      <xsl:if test="$files">
        <AttachmentEncoded>
          <xsl:apply-templates select="$files" mode="attachment"/>
        </AttachmentEncoded>
      </xsl:if>
    </edXML>
  </xsl:template>

  <xsl:template name="header">
    <From>
      <xsl:call-template name="organization">
        <xsl:with-param name="party" select="$sender"/>
      </xsl:call-template>
    </From>
    <xsl:for-each select="recipient">
      <To>
        <xsl:call-template name="organization">
          <xsl:with-param name="party" select="."/>
        </xsl:call-template>
      </To>
    </xsl:for-each>
    <DocumentId><xsl:call-template name="document-id"/></DocumentId>
    <Code>
      <CodeNumber><xsl:value-of select="code"/></CodeNumber>
      <CodeNotation><xsl:value-of select="$notation"/></CodeNotation>
    </Code>
    <PromulgationInfo>
      <xsl:call-template name="text">
        <xsl:with-param name="name" select="'Place'"/>
        <xsl:with-param name="value" select="officialDocument/place"/>
      </xsl:call-template>
      <PromulgationDate><xsl:value-of select="$day"/></PromulgationDate>
    </PromulgationInfo>
    <DocumentType>
      <Type>1</Type>
      <TypeName>Cong van</TypeName>
    </DocumentType>
    <Subject>
      <xsl:value-of select="concat(procedure/code, '/', lt:required(string(owner/name), 'Subject'), '/', code)"/>
    </Subject>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'Content'"/>
      <!-- The name of the procedure stands before the summary in every dossier. -->
      <xsl:with-param name="value" select="(procedure/name | summary)[last()]"/>
    </xsl:call-template>
    <xsl:if test="approval">
      <SignerInfo>
        <xsl:call-template name="text">
          <xsl:with-param name="name" select="'Competence'"/>
          <xsl:with-param name="value" select="approval/note"/>
        </xsl:call-template>
        <xsl:call-template name="text">
          <xsl:with-param name="name" select="'Position'"/>
          <xsl:with-param name="value" select="approval/position"/>
        </xsl:call-template>
        <xsl:call-template name="text">
          <xsl:with-param name="name" select="'FullName'"/>
          <xsl:with-param name="value" select="approval/name"/>
        </xsl:call-template>
      </SignerInfo>
    </xsl:if>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'DueDate'"/>
      <xsl:with-param name="value" select="lt:time(string(appointedAt), 'iso', 'yyyy/MM/dd')"/>
    </xsl:call-template>
    <OtherInfo>
      <Priority>0</Priority>
    </OtherInfo>
    <!-- A dossier of the national platform under a code of its own answers the platform's. -->
    <xsl:if test="starts-with(nationalCode, 'G22.99.') and nationalCode != code">
      <ResponseFor>
        <OrganId>G22.99</OrganId>
        <Code><xsl:value-of select="concat(nationalCode, '/', $notation)"/></Code>
        <DocumentId><xsl:value-of select="nationalCode"/></DocumentId>
      </ResponseFor>
    </xsl:if>
    <SteeringType>0</SteeringType>
    <ApplicationType>MCDT_DT</ApplicationType>
  </xsl:template>

  <xsl:template name="organization">
    <xsl:param name="party"/>
    <OrganId><xsl:value-of select="lt:required(string($party/code), 'OrganId')"/></OrganId>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'OrganName'"/>
      <xsl:with-param name="value" select="$party/name"/>
    </xsl:call-template>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'OrganAdd'"/>
      <xsl:with-param name="value" select="$party/address"/>
    </xsl:call-template>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'Email'"/>
      <xsl:with-param name="value" select="$party/email"/>
    </xsl:call-template>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'Telephone'"/>
      <xsl:with-param name="value" select="$party/phone"/>
    </xsl:call-template>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'Fax'"/>
      <xsl:with-param name="value" select="$party/fax"/>
    </xsl:call-template>
    <xsl:call-template name="text">
      <xsl:with-param name="name" select="'Website'"/>
      <xsl:with-param name="value" select="$party/website"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The document's own number, else OrganId,yyyy/MM/dd,Number/Notation. -->
  <xsl:template name="document-id">
    <xsl:choose>
      <xsl:when test="officialDocument/id"><xsl:value-of select="officialDocument/id"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat($sender/code, ',', $day, ',', code, '/', $notation)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="attachment" mode="reference">
    <Reference>
      <ContentId>cid:<xsl:value-of select="position()"/></ContentId>
      <ContentType>application/zip</ContentType>
      <AttachmentName><xsl:value-of select="name"/></AttachmentName>
    </Reference>
  </xsl:template>

  <!-- A file whose content is not in the dossier cannot travel, and does not get lost on the way either. -->
  <xsl:template match="attachment" mode="attachment">
    <Attachment>
      <ContentId>cid:<xsl:value-of select="position()"/></ContentId>
      <AttachmentName><xsl:value-of select="name"/></AttachmentName>
      <ContentType><xsl:apply-templates select="name" mode="content-type"/></ContentType>
      <edXML:ContentTransferEncoded>
        <xsl:value-of select="lt:required(translate(normalize-space(content[not(starts-with(., 'urn:sha256:'))]), ' ', ''), 'ContentTransferEncoded')"/>
      </edXML:ContentTransferEncoded>
    </Attachment>
  </xsl:template>

  <!-- A bare file must not be labelled as a ZIP: the receiver would unpack it. -->
  <xsl:template match="name" mode="content-type">
    <xsl:variable name="lower" select="lt:lower(normalize-space())"/>
    <xsl:choose>
      <xsl:when test="lt:ends-with($lower, '.pdf')">application/pdf</xsl:when>
      <xsl:when test="lt:ends-with($lower, '.doc')">application/doc</xsl:when>
      <xsl:when test="lt:ends-with($lower, '.docx')">application/docx</xsl:when>
      <xsl:when test="lt:ends-with($lower, '.zip')">application/zip</xsl:when>
      <xsl:otherwise>application/octet-stream</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An element with text, or none at all: EdXML102 leaves empty ones out. -->
  <xsl:template name="text">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:if test="string($value)">
      <xsl:element name="{$name}"><xsl:value-of select="$value"/></xsl:element>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
