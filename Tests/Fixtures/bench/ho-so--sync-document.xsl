<?xml version="1.0" encoding="UTF-8"?>
<!-- The benchmark's yardstick: the same translation as the two shipped mappings make, in one stylesheet, for libxslt alone. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:variable name="none" select="'0000-00-00T00:00:00.000+0700'"/>

  <xsl:template name="time">
    <xsl:param name="t"/>
    <xsl:value-of select="concat(substring($t,1,4),'-',substring($t,5,2),'-',substring($t,7,2),'T',substring($t,9,2),':',substring($t,11,2),':',substring($t,13,2),'+07:00')"/>
  </xsl:template>

  <xsl:template name="optional">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:if test="string($value) != ''">
      <xsl:element name="{$name}"><xsl:value-of select="$value"/></xsl:element>
    </xsl:if>
  </xsl:template>

  <xsl:template name="moment">
    <xsl:param name="name"/>
    <xsl:param name="t"/>
    <xsl:element name="{$name}">
      <xsl:choose>
        <xsl:when test="string($t) != ''"><xsl:call-template name="time"><xsl:with-param name="t" select="$t"/></xsl:call-template></xsl:when>
        <xsl:otherwise><xsl:value-of select="$none"/></xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <xsl:template match="/root">
    <MSyncDocument>
      <DocTypeCode><xsl:value-of select="normalize-space(MaTTHC)"/></DocTypeCode>
      <DocTypeName><xsl:value-of select="TenTTHC"/></DocTypeName>
      <DocCode><xsl:value-of select="normalize-space(MaHoSo)"/></DocCode>
      <CitizenName><xsl:value-of select="normalize-space(ChuHoSo)"/></CitizenName>
      <xsl:call-template name="optional"><xsl:with-param name="name" select="'CitizenInfo'"/><xsl:with-param name="value" select="ThongTinKhac"/></xsl:call-template>
      <ApplicantsId><xsl:value-of select="normalize-space(SoGiayToChuHoSo)"/></ApplicantsId>
      <ApplicantsType><xsl:value-of select="LoaiDoiTuong"/></ApplicantsType>
      <xsl:call-template name="optional"><xsl:with-param name="name" select="'Email'"/><xsl:with-param name="value" select="Email"/></xsl:call-template>
      <Phone><xsl:value-of select="SoDienThoai"/></Phone>
      <xsl:call-template name="optional"><xsl:with-param name="name" select="'Compendium'"/><xsl:with-param name="value" select="TrichYeuHoSo"/></xsl:call-template>
      <xsl:call-template name="moment"><xsl:with-param name="name" select="'DateReceived'"/><xsl:with-param name="t" select="NgayTiepNhan"/></xsl:call-template>
      <xsl:call-template name="moment"><xsl:with-param name="name" select="'DateAppointed'"/><xsl:with-param name="t" select="NgayHenTra"/></xsl:call-template>
      <IsSuccess><xsl:value-of select="TrangThaiHoSo = 9 or TrangThaiHoSo = 10"/></IsSuccess>
      <xsl:call-template name="moment"><xsl:with-param name="name" select="'SuccessDate'"/><xsl:with-param name="t" select="NgayKetThucXuLy"/></xsl:call-template>
      <IsReturned><xsl:value-of select="TrangThaiHoSo = 10 or string(NgayTra) != ''"/></IsReturned>
      <xsl:call-template name="moment"><xsl:with-param name="name" select="'ReturnedDate'"/><xsl:with-param name="t" select="NgayTra"/></xsl:call-template>
      <xsl:call-template name="optional"><xsl:with-param name="name" select="'ReturnNote'"/><xsl:with-param name="value" select="ThongTinTra"/></xsl:call-template>
      <ReturnedType><xsl:value-of select="HinhThuc"/></ReturnedType>
      <Status><xsl:value-of select="TrangThaiHoSo"/></Status>
      <ProcessingOrganName><xsl:value-of select="DonViXuLy"/></ProcessingOrganName>
      <HasSupplementary><xsl:value-of select="boolean(DanhSachHoSoBoSung)"/></HasSupplementary>
      <xsl:if test="DanhSachHoSoBoSung">
        <xsl:call-template name="moment"><xsl:with-param name="name" select="'RequireSupplementaryDate'"/><xsl:with-param name="t" select="DanhSachHoSoBoSung[last()]/NgayBoSung"/></xsl:call-template>
      </xsl:if>
      <xsl:call-template name="optional"><xsl:with-param name="name" select="'Note'"/><xsl:with-param name="value" select="GhiChu"/></xsl:call-template>
      <xsl:for-each select="TaiLieuNop">
        <Attachments>
          <AttachmentId><xsl:value-of select="TepDinhKemId"/></AttachmentId>
          <AttachmentName><xsl:value-of select="TenTepDinhKem"/></AttachmentName>
          <xsl:if test="IsDeleted"><IsDeleted><xsl:value-of select="IsDeleted = 'True'"/></IsDeleted></xsl:if>
          <IsVerified>false</IsVerified>
        </Attachments>
      </xsl:for-each>
      <xsl:apply-templates select="DanhSachLePhi"/>
      <xsl:for-each select="DanhSachTepDinhKemKhac">
        <DocPapers>
          <PaperName><xsl:value-of select="TenGiayTo"/></PaperName>
          <Amount><xsl:value-of select="SoLuong"/></Amount>
          <PaperType><xsl:value-of select="LoaiGiayTo"/></PaperType>
        </DocPapers>
      </xsl:for-each>
      <xsl:for-each select="DanhSachHoSoBoSung">
        <Supplementaries>
          <SupplementaryId><xsl:value-of select="HoSoBoSungId"/></SupplementaryId>
          <SendUser><xsl:value-of select="NguoiYeuCauBoSung"/></SendUser>
          <SendComment><xsl:value-of select="NoiDungBoSung"/></SendComment>
          <xsl:call-template name="moment"><xsl:with-param name="name" select="'SendDate'"/><xsl:with-param name="t" select="NgayBoSung"/></xsl:call-template>
          <xsl:call-template name="optional"><xsl:with-param name="name" select="'ReceivedUser'"/><xsl:with-param name="value" select="NguoiTiepNhanBoSung"/></xsl:call-template>
          <xsl:call-template name="optional"><xsl:with-param name="name" select="'ReceivedComment'"/><xsl:with-param name="value" select="ThongTinTiepNhan"/></xsl:call-template>
          <xsl:call-template name="moment"><xsl:with-param name="name" select="'ReceivedDate'"/><xsl:with-param name="t" select="NgayTiepNhanBoSung"/></xsl:call-template>
          <IsReceived><xsl:value-of select="TrangThaiBoSung = 'true'"/></IsReceived>
          <xsl:for-each select="DanhSachGiayToBoSung">
            <Papers>
              <PaperName><xsl:value-of select="TenTepDinhKem"/></PaperName>
              <Amount>1</Amount>
              <PaperType>0</PaperType>
            </Papers>
          </xsl:for-each>
          <xsl:for-each select="DanhSachLePhiBoSung">
            <Fees>
              <FeeName><xsl:value-of select="TenPhiLePhi"/></FeeName>
              <FeeType><xsl:value-of select="LoaiPhiLePhi"/></FeeType>
              <Price><xsl:value-of select="Gia"/></Price>
            </Fees>
          </xsl:for-each>
          <xsl:call-template name="moment"><xsl:with-param name="name" select="'OldDateAppointed'"/><xsl:with-param name="t" select="NgayHenTraTruoc"/></xsl:call-template>
          <xsl:if test="string(NgayHenTraMoi) != ''">
            <xsl:call-template name="moment"><xsl:with-param name="name" select="'NewDateAppointed'"/><xsl:with-param name="t" select="NgayHenTraMoi"/></xsl:call-template>
          </xsl:if>
        </Supplementaries>
      </xsl:for-each>
      <OrganInchargeIdLevel1><xsl:value-of select="substring-before(MaHoSo, '-')"/></OrganInchargeIdLevel1>
      <OrganInchargeName><xsl:value-of select="DonViXuLy"/></OrganInchargeName>
    </MSyncDocument>
  </xsl:template>

  <xsl:template match="DanhSachLePhi">
    <DocFees>
      <FeeName><xsl:value-of select="TenPhiLePhi"/></FeeName>
      <FeeType><xsl:value-of select="LoaiPhiLePhi"/></FeeType>
      <Price><xsl:value-of select="Gia"/></Price>
    </DocFees>
  </xsl:template>
</xsl:stylesheet>
