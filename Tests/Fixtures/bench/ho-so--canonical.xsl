<?xml version="1.0" encoding="UTF-8"?>
<!-- The benchmark's yardstick: what the shipped mapping of ho-so to the canonical dossier does, as a stylesheet for libxslt alone. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:template name="time">
    <xsl:param name="t"/>
    <xsl:value-of select="concat(substring($t, 1, 4), '-', substring($t, 5, 2), '-', substring($t, 7, 2), 'T', substring($t, 9, 2), ':', substring($t, 11, 2), ':', substring($t, 13, 2), '+07:00')"/>
  </xsl:template>

  <xsl:template name="dvcqg-channel">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '1'">inPerson</xsl:when>
      <xsl:when test="$c = '2'">online</xsl:when>
      <xsl:when test="$c = '3'">post</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-channel</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-owner-kind">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '1'">citizen</xsl:when>
      <xsl:when test="$c = '2'">business</xsl:when>
      <xsl:when test="$c = '3'">stateAgency</xsl:when>
      <xsl:when test="$c = '4'">organisation</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-owner-kind</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-identity-kind">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '1'">personalNumber</xsl:when>
      <xsl:when test="$c = '2'">identityCard</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-identity-kind</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-status">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '1'">registered</xsl:when>
      <xsl:when test="$c = '2'">accepted</xsl:when>
      <xsl:when test="$c = '3'">notAccepted</xsl:when>
      <xsl:when test="$c = '4'">processing</xsl:when>
      <xsl:when test="$c = '5'">supplementRequested</xsl:when>
      <xsl:when test="$c = '6'">paymentRequested</xsl:when>
      <xsl:when test="$c = '7'">withdrawn</xsl:when>
      <xsl:when test="$c = '8'">stopped</xsl:when>
      <xsl:when test="$c = '9'">completed</xsl:when>
      <xsl:when test="$c = '10'">returned</xsl:when>
      <xsl:when test="$c = '0'">interoperating</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-status</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-return-method">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '0'">inPerson</xsl:when>
      <xsl:when test="$c = '1'">post</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-return-method</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-fee-collection">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '1'">onReceipt</xsl:when>
      <xsl:when test="$c = '2'">onSupplement</xsl:when>
      <xsl:when test="$c = '4'">onReturn</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-fee-collection</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-source">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '1'">nationalPortal</xsl:when>
      <xsl:when test="$c = '2'">localSystem</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-source</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dvcqg-online-payment">
    <xsl:param name="c"/>
    <xsl:choose>
      <xsl:when test="$c = '0'">none</xsl:when>
      <xsl:when test="$c = '1'">nationalPortal</xsl:when>
      <xsl:when test="$c = '2'">ownGateway</xsl:when>
      <xsl:when test="$c = '3'">unpaid</xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">dvcqg-online-payment</xsl:message></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="/root">
    <dossier>
      <xsl:if test="string(MaHoSo)"><code><xsl:value-of select="MaHoSo"/></code></xsl:if>
      <xsl:if test="starts-with(MaHoSo, 'G22.99.') and string(MaHoSo)"><nationalCode><xsl:value-of select="MaHoSo"/></nationalCode></xsl:if>
      <xsl:if test="string(MaTTHC) or string(TenTTHC)">
        <procedure>
          <xsl:if test="string(MaTTHC)"><code><xsl:value-of select="MaTTHC"/></code></xsl:if>
          <xsl:if test="string(TenTTHC)"><name><xsl:value-of select="TenTTHC"/></name></xsl:if>
        </procedure>
      </xsl:if>
      <xsl:if test="string(MaLinhVuc) or string(TenLinhVuc)">
        <field>
          <xsl:if test="string(MaLinhVuc)"><code><xsl:value-of select="MaLinhVuc"/></code></xsl:if>
          <xsl:if test="string(TenLinhVuc)"><name><xsl:value-of select="TenLinhVuc"/></name></xsl:if>
        </field>
      </xsl:if>
      <xsl:if test="string(SoBienNhan)"><receiptNumber><xsl:value-of select="SoBienNhan"/></receiptNumber></xsl:if>
      <xsl:if test="string(KenhThucHien)"><channel><xsl:call-template name="dvcqg-channel"><xsl:with-param name="c" select="string(KenhThucHien)"/></xsl:call-template></channel></xsl:if>
      <xsl:if test="string(normalize-space(ChuHoSo)) or string(SoGiayToChuHoSo) or string(LoaiDoiTuong) or DinhDanhCHS[not(LoaiDinhDanh = '2' and SoDinhDanh = '000000001')] or string(MaDoiTuong) or string(Email) or string(Fax) or string(SoDienThoai) or string(ThongTinKhac)">
        <owner>
          <xsl:if test="normalize-space(ChuHoSo)"><name><xsl:value-of select="normalize-space(ChuHoSo)"/></name></xsl:if>
          <xsl:if test="string(SoGiayToChuHoSo)"><identityNumber><xsl:value-of select="SoGiayToChuHoSo"/></identityNumber></xsl:if>
          <xsl:if test="string(LoaiDoiTuong)"><kind><xsl:call-template name="dvcqg-owner-kind"><xsl:with-param name="c" select="string(LoaiDoiTuong)"/></xsl:call-template></kind></xsl:if>
          <xsl:for-each select="DinhDanhCHS[not(LoaiDinhDanh = '2' and SoDinhDanh = '000000001')]">
            <identity>
              <xsl:if test="string(LoaiDinhDanh)"><kind><xsl:call-template name="dvcqg-identity-kind"><xsl:with-param name="c" select="string(LoaiDinhDanh)"/></xsl:call-template></kind></xsl:if>
              <xsl:if test="string(SoDinhDanh)"><number><xsl:value-of select="SoDinhDanh"/></number></xsl:if>
            </identity>
          </xsl:for-each>
          <xsl:if test="string(MaDoiTuong)"><accountId><xsl:value-of select="MaDoiTuong"/></accountId></xsl:if>
          <xsl:if test="string(Email)"><email><xsl:value-of select="Email"/></email></xsl:if>
          <xsl:if test="string(Fax)"><fax><xsl:value-of select="Fax"/></fax></xsl:if>
          <xsl:if test="string(SoDienThoai)"><phone><xsl:value-of select="SoDienThoai"/></phone></xsl:if>
          <xsl:if test="string(ThongTinKhac)"><info><xsl:value-of select="ThongTinKhac"/></info></xsl:if>
        </owner>
      </xsl:if>
      <xsl:if test="string(TrichYeuHoSo)"><summary><xsl:value-of select="TrichYeuHoSo"/></summary></xsl:if>
      <xsl:if test="string(NgayTiepNhan)"><receivedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayTiepNhan"/></xsl:call-template></receivedAt></xsl:if>
      <xsl:if test="string(NgayNopHoSo)"><submittedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayNopHoSo"/></xsl:call-template></submittedAt></xsl:if>
      <xsl:if test="string(NgayHenTra)"><appointedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayHenTra"/></xsl:call-template></appointedAt></xsl:if>
      <xsl:if test="string(NgayKetThucXuLy)"><finishedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayKetThucXuLy"/></xsl:call-template></finishedAt></xsl:if>
      <xsl:if test="string(NgayTra)"><returnedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayTra"/></xsl:call-template></returnedAt></xsl:if>
      <xsl:if test="string(NgayTuChoi)"><refusedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayTuChoi"/></xsl:call-template></refusedAt></xsl:if>
      <xsl:if test="string(TrangThaiHoSo)"><status><xsl:call-template name="dvcqg-status"><xsl:with-param name="c" select="string(TrangThaiHoSo)"/></xsl:call-template></status></xsl:if>
      <xsl:if test="string(HinhThuc) or string(ThongTinTra)">
        <resultReturn>
          <xsl:if test="string(HinhThuc)"><method><xsl:call-template name="dvcqg-return-method"><xsl:with-param name="c" select="string(HinhThuc)"/></xsl:call-template></method></xsl:if>
          <xsl:if test="string(ThongTinTra)"><info><xsl:value-of select="ThongTinTra"/></info></xsl:if>
        </resultReturn>
      </xsl:if>
      <xsl:if test="string(DonViXuLy)">
        <unit>
          <xsl:if test="string(DonViXuLy)"><name><xsl:value-of select="DonViXuLy"/></name></xsl:if>
        </unit>
      </xsl:if>
      <xsl:if test="string(GhiChu)"><note><xsl:value-of select="GhiChu"/></note></xsl:if>
      <xsl:for-each select="TaiLieuNop">
        <attachment>
          <xsl:if test="string(TepDinhKemId)"><id><xsl:value-of select="TepDinhKemId"/></id></xsl:if>
          <xsl:if test="string(TenTepDinhKem)"><name><xsl:value-of select="TenTepDinhKem"/></name></xsl:if>
          <xsl:if test="string(IsDeleted)"><deleted><xsl:value-of select="IsDeleted = 'True'"/></deleted></xsl:if>
          <xsl:if test="string(MaThanhPhanHoSo)"><componentCode><xsl:value-of select="MaThanhPhanHoSo"/></componentCode></xsl:if>
          <xsl:if test="string(DuongDanTaiTepTin)"><url><xsl:value-of select="DuongDanTaiTepTin"/></url></xsl:if>
          <xsl:if test="string(DuocSoHoa)"><digitised><xsl:value-of select="DuocSoHoa = '1'"/></digitised></xsl:if>
          <xsl:if test="string(DuocTaiSuDung)"><reuse><xsl:value-of select="DuocTaiSuDung"/></reuse></xsl:if>
          <xsl:if test="string(DuocLayTuKhoDMQG)"><fromCitizenStore><xsl:value-of select="DuocLayTuKhoDMQG = '1'"/></fromCitizenStore></xsl:if>
          <xsl:if test="string(MaKetQuaThayThe)"><replacedByResult><xsl:value-of select="MaKetQuaThayThe"/></replacedByResult></xsl:if>
        </attachment>
      </xsl:for-each>
      <xsl:for-each select="DanhSachLePhi">
        <fee>
          <xsl:if test="string(TenPhiLePhi)"><name><xsl:value-of select="TenPhiLePhi"/></name></xsl:if>
          <xsl:if test="string(MaPhiLePhi)"><code><xsl:value-of select="MaPhiLePhi"/></code></xsl:if>
          <xsl:if test="string(HinhThucThu)"><collection><xsl:call-template name="dvcqg-fee-collection"><xsl:with-param name="c" select="string(HinhThucThu)"/></xsl:call-template></collection></xsl:if>
          <xsl:if test="string(Gia)"><amount><xsl:value-of select="Gia"/></amount></xsl:if>
          <xsl:if test="string(LoaiPhiLePhi)"><kindCode><xsl:value-of select="LoaiPhiLePhi"/></kindCode></xsl:if>
        </fee>
      </xsl:for-each>
      <xsl:for-each select="DanhSachTepDinhKemKhac">
        <otherPaper>
          <xsl:if test="string(TenGiayTo)"><name><xsl:value-of select="TenGiayTo"/></name></xsl:if>
          <xsl:if test="string(SoLuong)"><count><xsl:value-of select="SoLuong"/></count></xsl:if>
          <xsl:if test="string(LoaiGiayTo)"><kindCode><xsl:value-of select="LoaiGiayTo"/></kindCode></xsl:if>
        </otherPaper>
      </xsl:for-each>
      <xsl:for-each select="DanhSachHoSoBoSung">
        <supplement>
          <xsl:if test="string(HoSoBoSungId)"><id><xsl:value-of select="HoSoBoSungId"/></id></xsl:if>
          <xsl:if test="string(NguoiYeuCauBoSung)"><requestedBy><xsl:value-of select="NguoiYeuCauBoSung"/></requestedBy></xsl:if>
          <xsl:if test="string(NoiDungBoSung)"><content><xsl:value-of select="NoiDungBoSung"/></content></xsl:if>
          <xsl:if test="string(NgayBoSung)"><requestedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayBoSung"/></xsl:call-template></requestedAt></xsl:if>
          <xsl:if test="string(NguoiTiepNhanBoSung)"><receivedBy><xsl:value-of select="NguoiTiepNhanBoSung"/></receivedBy></xsl:if>
          <xsl:if test="string(ThongTinTiepNhan)"><receivedNote><xsl:value-of select="ThongTinTiepNhan"/></receivedNote></xsl:if>
          <xsl:if test="string(NgayTiepNhanBoSung)"><receivedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayTiepNhanBoSung"/></xsl:call-template></receivedAt></xsl:if>
          <xsl:if test="translate(TrangThaiBoSung, 'TF', 'tf')"><received><xsl:value-of select="translate(TrangThaiBoSung, 'TF', 'tf') = 'true'"/></received></xsl:if>
          <xsl:for-each select="DanhSachGiayToBoSung">
            <attachment>
              <xsl:if test="string(TepDinhKemId)"><id><xsl:value-of select="TepDinhKemId"/></id></xsl:if>
              <xsl:if test="string(TenTepDinhKem)"><name><xsl:value-of select="TenTepDinhKem"/></name></xsl:if>
              <xsl:if test="string(IsDeleted)"><deleted><xsl:value-of select="IsDeleted = 'True'"/></deleted></xsl:if>
              <xsl:if test="string(MaThanhPhanHoSo)"><componentCode><xsl:value-of select="MaThanhPhanHoSo"/></componentCode></xsl:if>
              <xsl:if test="string(DuongDanTaiTepTin)"><url><xsl:value-of select="DuongDanTaiTepTin"/></url></xsl:if>
              <xsl:if test="string(DuocSoHoa)"><digitised><xsl:value-of select="DuocSoHoa = '1'"/></digitised></xsl:if>
              <xsl:if test="string(DuocTaiSuDung)"><reuse><xsl:value-of select="DuocTaiSuDung"/></reuse></xsl:if>
              <xsl:if test="string(DuocLayTuKhoDMQG)"><fromCitizenStore><xsl:value-of select="DuocLayTuKhoDMQG = '1'"/></fromCitizenStore></xsl:if>
              <xsl:if test="string(MaKetQuaThayThe)"><replacedByResult><xsl:value-of select="MaKetQuaThayThe"/></replacedByResult></xsl:if>
            </attachment>
          </xsl:for-each>
          <xsl:for-each select="DanhSachLePhiBoSung">
            <fee>
              <xsl:if test="string(TenPhiLePhi)"><name><xsl:value-of select="TenPhiLePhi"/></name></xsl:if>
              <xsl:if test="string(MaPhiLePhi)"><code><xsl:value-of select="MaPhiLePhi"/></code></xsl:if>
              <xsl:if test="string(HinhThucThu)"><collection><xsl:call-template name="dvcqg-fee-collection"><xsl:with-param name="c" select="string(HinhThucThu)"/></xsl:call-template></collection></xsl:if>
              <xsl:if test="string(Gia)"><amount><xsl:value-of select="Gia"/></amount></xsl:if>
              <xsl:if test="string(LoaiPhiLePhi)"><kindCode><xsl:value-of select="LoaiPhiLePhi"/></kindCode></xsl:if>
            </fee>
          </xsl:for-each>
          <xsl:if test="string(NgayHenTraTruoc)"><previousAppointedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayHenTraTruoc"/></xsl:call-template></previousAppointedAt></xsl:if>
          <xsl:if test="string(NgayHenTraMoi)"><newAppointedAt><xsl:call-template name="time"><xsl:with-param name="t" select="NgayHenTraMoi"/></xsl:call-template></newAppointedAt></xsl:if>
        </supplement>
      </xsl:for-each>
      <xsl:for-each select="DanhSachGiayToKetQua">
        <result>
          <xsl:if test="string(TenGiayTo)"><name><xsl:value-of select="TenGiayTo"/></name></xsl:if>
          <xsl:if test="string(MaThanhPhanHoSo)"><componentCode><xsl:value-of select="MaThanhPhanHoSo"/></componentCode></xsl:if>
          <xsl:if test="string(GiayToId)"><id><xsl:value-of select="GiayToId"/></id></xsl:if>
          <xsl:if test="string(DuongDanTepTinKetQua)"><url><xsl:value-of select="DuongDanTepTinKetQua"/></url></xsl:if>
          <xsl:if test="string(MaGiayToKetQua)"><code><xsl:value-of select="MaGiayToKetQua"/></code></xsl:if>
        </result>
      </xsl:for-each>
      <xsl:if test="string(NoiNopHoSo)"><source><xsl:call-template name="dvcqg-source"><xsl:with-param name="c" select="string(NoiNopHoSo)"/></xsl:call-template></source></xsl:if>
      <xsl:if test="string(HoSoCoThanhPhanSoHoa)"><digitised><xsl:value-of select="HoSoCoThanhPhanSoHoa = '1'"/></digitised></xsl:if>
      <xsl:if test="string(TaiKhoanDuocXacThucVoiVNeID)"><accountVerified><xsl:value-of select="TaiKhoanDuocXacThucVoiVNeID = '1'"/></accountVerified></xsl:if>
      <xsl:if test="string(DuocThanhToanTrucTuyen)"><onlinePayment><xsl:call-template name="dvcqg-online-payment"><xsl:with-param name="c" select="string(DuocThanhToanTrucTuyen)"/></xsl:call-template></onlinePayment></xsl:if>
      <xsl:for-each select="DSKetNoiCSDL">
        <usedDatabase>
          <xsl:if test="string(MaCSDL)"><code><xsl:value-of select="MaCSDL"/></code></xsl:if>
        </usedDatabase>
      </xsl:for-each>
    </dossier>
  </xsl:template>
</xsl:stylesheet>
