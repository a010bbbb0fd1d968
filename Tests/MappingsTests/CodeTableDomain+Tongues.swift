extension CodeTableDomain {
  static let dvcqgA = [
    CodeTableDomain(
      table: "dvcqg-status", words: "Status", wordsHeld: ["interoperating"],
      codes: ("dvcqg-a/1/types.schema.json", "/$defs/status/enum")),
    CodeTableDomain(
      table: "dvcqg-promotion-status", words: "Status", wordsHeld: ["interoperating"],
      codes: ("dvcqg-a/1/trang-thai-ho-so.schema.json", "/properties/TrangThai/enum")),
    CodeTableDomain(
      table: "dvcqg-channel", words: "Channel", codes: ("dvcqg-a/1/ho-so.schema.json", "/properties/KenhThucHien/enum")),
    CodeTableDomain(
      table: "dvcqg-owner-kind", words: "OwnerKind",
      codes: ("dvcqg-a/1/ho-so.schema.json", "/properties/LoaiDoiTuong/enum")),
    CodeTableDomain(
      table: "dvcqg-identity-kind", words: "IdentityKind",
      codes: ("dvcqg-a/1/ho-so.schema.json", "/$defs/identity/properties/LoaiDinhDanh/enum")),
    CodeTableDomain(
      table: "dvcqg-return-method", words: "ReturnMethod",
      codes: ("dvcqg-a/1/ho-so.schema.json", "/properties/HinhThuc/enum")),
    CodeTableDomain(
      table: "dvcqg-source", words: "Source", codes: ("dvcqg-a/1/ho-so.schema.json", "/properties/NoiNopHoSo/enum")),
    CodeTableDomain(
      table: "dvcqg-online-payment", words: "OnlinePayment",
      codes: ("dvcqg-a/1/ho-so.schema.json", "/properties/DuocThanhToanTrucTuyen/enum")),
    CodeTableDomain(
      table: "dvcqg-fee-collection", words: "FeeCollection",
      codes: ("dvcqg-a/1/ho-so.schema.json", "/$defs/fee/properties/HinhThucThu/enum")),
  ]

  static let ocLGSP = [
    CodeTableDomain(table: "oc-lgsp-status", words: "Status", wordsHeld: ["interoperating"]),
    CodeTableDomain(table: "oc-lgsp-applicant-kind", words: "OwnerKind"),
    CodeTableDomain(table: "oc-lgsp-return-method", words: "ReturnMethod"),
  ]

  /// Every status: a table that only reads writes none of them.
  private static let allStatuses = [
    "registered", "accepted", "notAccepted", "processing", "supplementRequested", "paymentRequested", "withdrawn",
    "stopped", "completed", "returned", "interoperating",
  ]

  static let vbdlis = [
    CodeTableDomain(table: "vbdlis-status", words: "Status", wordsHeld: ["interoperating"]),
    CodeTableDomain(table: "vbdlis-end", words: "Status", wordsHeld: allStatuses),
  ]

  static let ocPublish = [
    CodeTableDomain(table: "oc-publish-status", words: "Status"),
    CodeTableDomain(table: "oc-publish-applicant-kind", words: "OwnerKind", wordsHeld: ["householdBusiness", "other"]),
    CodeTableDomain(table: "oc-publish-return-method", words: "ReturnMethod"),
  ]

  static let dvcqgB = [
    CodeTableDomain(
      table: "dvcqg-b-status", words: "Status", wordsHeld: ["interoperating"],
      codes: ("dvcqg-b/1/types.schema.json", "/$defs/status/enum")),
    CodeTableDomain(
      table: "dvcqg-b-owner-kind", words: "OwnerKind", wordsHeld: ["stateAgency", "organisation", "other"],
      codes: ("dvcqg-b/1/types.schema.json", "/$defs/ownerKind/enum")),
    CodeTableDomain(
      table: "dvcqg-b-copy-kind", words: "CopyKind",
      codes: (
        "dvcqg-b/1/ho-so.schema.json", "/properties/ThanhPhanHoSo/items/properties/LoaiBan/enum"
      )),
  ]

  static let hoTich = [
    CodeTableDomain(table: "hotich-module", words: "RegistrationKind"),
    CodeTableDomain(table: "hotich-procedure"),
    CodeTableDomain(
      table: "hotich-status", words: "Status", wordsHeld: allStatuses,
      codes: ("hotich/1/ket-qua.schema.json", "/properties/trangThai/enum")),
  ]

  static let dvclt = [
    CodeTableDomain(
      table: "dvclt-status", words: "Status", wordsHeld: ["paymentRequested", "withdrawn", "interoperating"],
      codes: ("dvclt/1/trang-thai.schema.json", "/properties/trangThai/enum")),
    CodeTableDomain(table: "dvclt-procedure"),
  ]

  static let edXML = [
    CodeTableDomain(
      table: "edxml-status", words: "Status",
      wordsHeld: [
        "supplementRequested", "paymentRequested", "withdrawn", "stopped", "returned", "interoperating",
      ]),
    CodeTableDomain(
      table: "edxml-notation", words: "Status", wordsHeld: allStatuses.filter { $0 != "interoperating" }),
  ]

  private static let btxhRequest = "btxh/1/dong-bo-dvc.request.schema.json"

  static let btxh = [
    CodeTableDomain(
      table: "btxh-status", words: "Status", wordsHeld: ["interoperating"],
      codes: ("btxh/1/types.schema.json", "/$defs/status/enum")),
    CodeTableDomain(
      table: "btxh-channel", words: "Channel", codes: (btxhRequest, "/properties/KenhThucHien/enum")),
    CodeTableDomain(
      table: "btxh-owner-kind", words: "OwnerKind", codes: (btxhRequest, "/properties/LoaiDoiTuong/enum")),
    CodeTableDomain(
      table: "btxh-identity-kind", words: "IdentityKind", codes: (btxhRequest, "/properties/LoaiDinhDanh/enum")),
    CodeTableDomain(
      table: "btxh-return-method", words: "ReturnMethod", codes: (btxhRequest, "/properties/HinhThucTra/enum")),
    CodeTableDomain(table: "btxh-source", words: "Source", codes: (btxhRequest, "/properties/NoiNopHoSo/enum")),
    CodeTableDomain(
      table: "btxh-online-payment", words: "OnlinePayment",
      codes: (btxhRequest, "/properties/DuocThanhToanTrucTuyen/enum")),
    CodeTableDomain(table: "btxh-gender", codes: (btxhRequest, "/properties/GioiTinhId/enum")),
  ]

  /// Tables of no single tongue.
  static let shared = [CodeTableDomain(table: "agency-code")]
}
