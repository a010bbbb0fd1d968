import Testing

/// Which words and which codes a shipped table must know.
struct CodeTableDomain: Sendable, CustomTestStringConvertible {
  let table: String
  /// The type of the canonical words in canonical.xsd.
  let words: String
  /// Words that have no code on the other side; a document that says one is held.
  var wordsHeld: [String] = []
  /// Where the codes are enumerated, as file and JSON Pointer in the portal's schema; nil if their list is not known.
  var codes: (file: String, pointer: String)?

  var testDescription: String { table }

  static let all = [
    CodeTableDomain(
      table: "dvcqg-status", words: "Status", wordsHeld: ["interoperating"],
      codes: ("types.schema.json", "/$defs/status/enum")),
    CodeTableDomain(
      table: "dvcqg-channel", words: "Channel", codes: ("ho-so.schema.json", "/properties/KenhThucHien/enum")),
    CodeTableDomain(
      table: "dvcqg-owner-kind", words: "OwnerKind", codes: ("ho-so.schema.json", "/properties/LoaiDoiTuong/enum")),
    CodeTableDomain(
      table: "dvcqg-identity-kind", words: "IdentityKind",
      codes: ("ho-so.schema.json", "/$defs/identity/properties/LoaiDinhDanh/enum")),
    CodeTableDomain(
      table: "dvcqg-return-method", words: "ReturnMethod", codes: ("ho-so.schema.json", "/properties/HinhThuc/enum")),
    CodeTableDomain(
      table: "dvcqg-source", words: "Source", codes: ("ho-so.schema.json", "/properties/NoiNopHoSo/enum")),
    CodeTableDomain(
      table: "dvcqg-online-payment", words: "OnlinePayment",
      codes: ("ho-so.schema.json", "/properties/DuocThanhToanTrucTuyen/enum")),
    CodeTableDomain(
      table: "dvcqg-fee-collection", words: "FeeCollection",
      codes: ("ho-so.schema.json", "/$defs/fee/properties/HinhThucThu/enum")),
    CodeTableDomain(table: "oc-lgsp-status", words: "Status", wordsHeld: ["interoperating"]),
    CodeTableDomain(table: "oc-lgsp-applicant-kind", words: "OwnerKind"),
    CodeTableDomain(table: "oc-lgsp-return-method", words: "ReturnMethod"),
  ]
}
