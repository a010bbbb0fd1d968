import Delivery
import DocumentKit
import HTTPKit

/// How the partners of a world speak: one number as JSON.
enum PartnerAnswers {
  static let done = answer(#"{"code":0}"#)
  static let alreadyThere = answer(#"{"code":1}"#)
  static let refused = answer(#"{"code":2}"#)
  static let comeAgain = answer(#"{"code":3}"#)
  static let broken = HTTPResponse(status: 500)
  static let later = HTTPResponse(status: 429, headers: ["Retry-After": "20"])

  private static func answer(_ json: String) -> HTTPResponse {
    HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Array(json.utf8))
  }

  static let type = "simulated/errand"

  static func profile() throws -> PartnerProfile {
    try PartnerProfile(
      try YAMLDocument(
        parsing: """
          profile: simulated
          version: 1
          messages:
            errand: { format: json, kind: dossier, recognise: "true()", schema: x.json }
          delivery:
            authentication: none
            operations:
              dossier: { message: errand, path: / }
            answers:
              format: json
              rules:
                - { outcome: accepted, when: "code = 0" }
                - { outcome: alreadyThere, when: "code = 1" }
                - { outcome: refused, when: "code = 2" }
                - { outcome: retry, when: "code = 3" }
              otherwise: unreadable

          """, file: "simulated.yaml"))
  }
}
