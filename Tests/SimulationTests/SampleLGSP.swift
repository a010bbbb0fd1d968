/// OpenCPS LGSP documents with single lines replaced; everybody in them is made up.
enum SampleLGSP {
  static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <MSyncDocument>
      <DocTypeCode>1.009994</DocTypeCode>
      <DocTypeName>Cấp giấy phép xây dựng (mẫu)</DocTypeName>
      <DocCode>H99.14-261120-0001</DocCode>
      <CitizenName>Người Thử Nghiệm</CitizenName>
      <ApplicantsId>001090000017</ApplicantsId>
      <ApplicantsType>1</ApplicantsType>
      <Phone></Phone>
      <DateReceived>2026-11-20T08:30:00+07:00</DateReceived>
      <DateAppointed>2026-12-04T17:00:00+07:00</DateAppointed>
      <IsSuccess>false</IsSuccess>
      <SuccessDate>0000-00-00T00:00:00.000+0700</SuccessDate>
      <IsReturned>false</IsReturned>
      <ReturnedDate>0000-00-00T00:00:00.000+0700</ReturnedDate>
      <ReturnedType>0</ReturnedType>
      <Status>2</Status>
      <ProcessingOrganName>Bộ phận Một cửa (mẫu)</ProcessingOrganName>
      <Attachments>
        <AttachmentId>7</AttachmentId>
        <AttachmentName>don.pdf</AttachmentName>
        <IsVerified>true</IsVerified>
      </Attachments>
      <OrganInchargeIdLevel1>H99</OrganInchargeIdLevel1>
      <OrganInchargeName>Ủy ban nhân dân tỉnh (mẫu)</OrganInchargeName>
    </MSyncDocument>
    """

  static let traces = """
    <MDocumentTraces>
      <DocumentId>1</DocumentId>
      <DocCode>H99.14-261120-0001</DocCode>
      <UserName>Cán bộ Thử</UserName>
      <UserPosition></UserPosition>
      <DateCreated>2026-11-20T09:15:00+07:00</DateCreated>
      <Status>4</Status>
      <OrganizationInchargeIdLevel1>H99</OrganizationInchargeIdLevel1>
      <OrganizationInchargeName>Ủy ban nhân dân tỉnh (mẫu)</OrganizationInchargeName>
    </MDocumentTraces>
    """
}
