import GatewayTesting

/// The birth procedure with five partners: the one-stop desk that sends, the portal that is told, and the three agencies.
enum BirthSite {
  static let parties = ["mot-cua", "cong", "ho-tich-xa", "cong-an-xa", "bhxh-tinh"]
  static let procedure = "2.002621"

  static func make(store database: TemporaryPostgreSQLDatabase? = nil) -> ProcedureSite {
    ProcedureSite(
      "khai-sinh-thuong-tru-bhyt", roles: ["ho-tich": "ho-tich-xa", "cong-an": "cong-an-xa", "bhxh": "bhxh-tinh"],
      store: database)
  }

  /// The dossier as the one-stop desk sends it.
  static func dossier(_ code: String, choices: [String] = ["thuong-tru", "bhyt"]) -> String {
    ProcedureSite.dossier(code, of: procedure, choices: choices)
  }

  /// The registrar's result: the certificate, and the child's number.
  static func certificate(_ code: String) -> String {
    ProcedureSite.dossier(
      code, of: procedure, status: "completed",
      result: """
        <result><name>Giấy khai sinh</name><number>12/2026</number><registration><kind>birth</kind><person>\
        <role>child</role><name><full>Lê Minh An</full></name><personalNumber>001226000011</personalNumber></person>\
        </registration></result>
        """)
  }
}
