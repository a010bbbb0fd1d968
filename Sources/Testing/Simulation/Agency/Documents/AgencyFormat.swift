/// The documents of OpenCPS LGSP, element by element, in their order. They have no namespace.
enum AgencyFormat {
  /// What OpenCPS writes where a date must stand and there is none.
  static let noTime = "0000-00-00T00:00:00.000+0700"

  static let syncDocument: [AgencyElement] = [
    AgencyElement("DocTypeCode", .required, .filled),
    AgencyElement("DocTypeName", .required, .filled),
    AgencyElement("DocCode", .required, .filled),
    AgencyElement("CitizenName", .required, .filled),
    AgencyElement("CitizenInfo", .optional, .text),
    AgencyElement("ApplicantsId", .required, .filled),
    AgencyElement("ApplicantsType", .required, .whole),
    AgencyElement("Address", .optional, .text),
    AgencyElement("Email", .optional, .text),
    AgencyElement("Phone", .required, .text),
    AgencyElement("Compendium", .optional, .text),
    AgencyElement("DateReceived", .required, .time),
    AgencyElement("DateAppointed", .required, .timeOrNone),
    AgencyElement("IsSuccess", .required, .truth),
    AgencyElement("SuccessDate", .required, .timeOrNone),
    AgencyElement("ApproverName", .optional, .text),
    AgencyElement("ApproverPosition", .optional, .text),
    AgencyElement("SuccessNote", .optional, .text),
    AgencyElement("IsReturned", .required, .truth),
    AgencyElement("ReturnedDate", .required, .timeOrNone),
    AgencyElement("ReturnNote", .optional, .text),
    AgencyElement("ReturnedType", .required, .whole),
    AgencyElement("FinishedDate", .optional, .time),
    AgencyElement("Status", .required, .whole),
    AgencyElement("ProcessingOrganName", .required, .filled),
    AgencyElement("HasSupplementary", .optional, .truth),
    AgencyElement("RequireSupplementaryDate", .optional, .time),
    AgencyElement("Note", .optional, .text),
    AgencyElement("Attachments", .repeated, .group(attachment)),
    AgencyElement("DocFees", .repeated, .group(fee)),
    AgencyElement("DocPapers", .repeated, .group(paper)),
    AgencyElement("Supplementaries", .repeated, .group(supplementary)),
    AgencyElement("OrganInchargeIdLevel1", .required, .filled),
    AgencyElement("OrganInchargeName", .required, .filled),
  ]

  /// One step, in spite of the plural.
  static let documentTraces: [AgencyElement] = [
    AgencyElement("DocumentId", .required, .filled),
    AgencyElement("DocCode", .required, .filled),
    AgencyElement("UserName", .required, .filled),
    AgencyElement("UserPosition", .required, .text),
    AgencyElement("DateCreated", .required, .time),
    AgencyElement("Comment", .optional, .text),
    AgencyElement("Status", .optional, .whole),
    AgencyElement("OrganizationInchargeIdLevel1", .required, .filled),
    AgencyElement("OrganizationInchargeName", .required, .filled),
  ]

  /// The figures of an agency's month or year.
  static let statistic: [AgencyElement] =
    ["Month", "Year"].map { AgencyElement($0, .required, .whole) }
    + [AgencyElement("IsMonthStatistic", .required, .truth)]
    + ["NewReception", "PreExtisting", "Total", "TotalSolved", "SolvedInTime"].map {
      AgencyElement($0, .required, .whole)
    }
    + [AgencyElement("SolvedInTimePercent", .required, .amount), AgencyElement("SolvedLate", .required, .whole)]
    + [AgencyElement("SolvedLatePercent", .required, .amount), AgencyElement("TotalPending", .required, .whole)]
    + ["Pending", "PendingLate"].map { AgencyElement($0, .required, .whole) }
    + ["PendingLatePercent", "PendingPercent"].map { AgencyElement($0, .required, .amount) }
    + [AgencyElement("Note", .required, .text)]
    + ["OrganizationInchargeIdlevel1", "OrganizationInchargeName"].map { AgencyElement($0, .required, .filled) }

  private static let attachment: [AgencyElement] = [
    AgencyElement("AttachmentId", .required, .whole, alsoRead: "Attachmentld"),
    AgencyElement("AttachmentName", .required, .filled),
    AgencyElement("IsDeleted", .optional, .truth),
    AgencyElement("Base64", .optional, .base64),
    AgencyElement("IsVerified", .required, .truth),
  ]

  private static let fee: [AgencyElement] = [
    AgencyElement("FeeName", .required, .filled),
    AgencyElement("FeeType", .required, .whole),
    AgencyElement("Price", .required, .amount),
  ]

  private static let paper: [AgencyElement] = [
    AgencyElement("PaperName", .required, .filled),
    AgencyElement("Amount", .required, .whole),
    AgencyElement("PaperType", .required, .whole),
  ]

  private static let supplementary: [AgencyElement] = [
    AgencyElement("SupplementaryId", .required, .whole),
    AgencyElement("SendUser", .required, .text),
    AgencyElement("SendComment", .required, .filled),
    AgencyElement("SendDate", .required, .time),
    AgencyElement("ReceivedUser", .optional, .text),
    AgencyElement("ReceivedComment", .optional, .text),
    AgencyElement("ReceivedDate", .required, .timeOrNone),
    AgencyElement("IsReceived", .required, .truth),
    AgencyElement("Papers", .repeated, .group(paper)),
    AgencyElement("Fees", .repeated, .group(fee)),
    AgencyElement("OldDateAppointed", .required, .timeOrNone),
    AgencyElement("NewDateAppointed", .optional, .time),
  ]
}
