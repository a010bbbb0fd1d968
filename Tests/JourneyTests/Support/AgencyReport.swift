import CryptographyKit

/// What an agency that speaks the OpenCPS LGSP XML reports about a dossier.
enum AgencyReport {
  /// `MDocumentTraces`: a step of its handling.
  static func step(of code: String, status: String) -> [UInt8] {
    Array(
      """
      <MDocumentTraces><DocumentId>1</DocumentId><DocCode>\(code)</DocCode><UserName>Trịnh Văn Khải</UserName>\
      <UserPosition>Chuyên viên</UserPosition><DateCreated>2026-01-02T09:15:00+07:00</DateCreated>\
      <Comment>Đang thẩm định</Comment><Status>\(status)</Status>\
      <OrganizationInchargeIdLevel1>H99.14</OrganizationInchargeIdLevel1>\
      <OrganizationInchargeName>Sở Xây dựng (thử)</OrganizationInchargeName></MDocumentTraces>
      """.utf8)
  }

  /// `MSyncDocument`: finished, with the result among its files.
  static func result(of code: String) -> [UInt8] {
    Array(
      """
      <MSyncDocument><DocTypeCode>1.009994</DocTypeCode><DocTypeName>Cấp giấy phép xây dựng</DocTypeName>\
      <DocCode>\(code)</DocCode><CitizenName>Nguyễn Thị Thử Nghiệm</CitizenName>\
      <ApplicantsId>038079000142</ApplicantsId><ApplicantsType>1</ApplicantsType><Phone></Phone>\
      <DateReceived>2026-01-01T08:30:00+07:00</DateReceived>\
      <DateAppointed>0000-00-00T00:00:00.000+0700</DateAppointed><IsSuccess>true</IsSuccess>\
      <SuccessDate>2026-01-05T10:00:00+07:00</SuccessDate><IsReturned>false</IsReturned>\
      <ReturnedDate>0000-00-00T00:00:00.000+0700</ReturnedDate><ReturnedType>0</ReturnedType>\
      <FinishedDate>2026-01-05T10:00:00+07:00</FinishedDate><Status>9</Status>\
      <ProcessingOrganName>Sở Xây dựng (thử)</ProcessingOrganName>\
      <Attachments><AttachmentId>7</AttachmentId><AttachmentName>giay-phep.pdf</AttachmentName>\
      <IsDeleted>false</IsDeleted><Base64>\(Base64.encode(Array("%PDF-1.4".utf8)))</Base64>\
      <IsVerified>true</IsVerified></Attachments>\
      <OrganInchargeIdLevel1>H99.14</OrganInchargeIdLevel1><OrganInchargeName>Sở Xây dựng (thử)</OrganInchargeName>\
      </MSyncDocument>
      """.utf8)
  }
}
