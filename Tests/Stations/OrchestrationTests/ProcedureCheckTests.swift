import DocumentKit
import DossierModel
import GatewayTesting
import Orchestration
import Testing

@Suite("The check of a procedure")
struct ProcedureCheckTests {
  private static let mistakes = [
    ("  a: { title: A, agency: x, after: [b] }", "a unknown-step"),
    ("  a: { title: A, agency: x, choice: c }", "a unknown-choice"),
    ("  a: { title: A, agency: x, time: { term: 1 days, office: nowhere } }", "– unknown-office"),
    ("  a: { title: A, agency: x, after: [b] }\n  b: { title: B, agency: x, after: [a] }", "a circle"),
    ("  a: { title: A, agency: x }\n  b: { title: B, agency: x, after: [a], needs: [r] }", "b missing-result"),
    // Not before it: beside it.
    (
      "  a: { title: A, agency: x, results: { r: \"r\" } }\n  b: { title: B, agency: x, needs: [r] }",
      "b missing-result"
    ),
    (
      "  a: { title: A, agency: x, when: \"x\", results: { r: \"r\" } }\n"
        + "  b: { title: B, agency: x, after: [a], needs: [r] }", "b uncertain-result"
    ),
    (
      "  a: { title: A, agency: x, results: { r: \"r\" } }\n  c: { title: C, agency: x }\n"
        + "  b: { title: B, agency: x, after: [a, c], join: any, needs: [r] }", "b uncertain-result"
    ),
    (
      "  a: { title: A, agency: x, time: { term: 1 days }, onExpiry: consent, results: { r: \"r\" } }\n"
        + "  b: { title: B, agency: x, after: [a], needs: [r] }", "b uncertain-result"
    ),
    (
      "  a: { title: A, agency: x, results: { r: \"r\" } }\n  b: { title: B, agency: x, results: { r: \"r\" } }",
      "b result-twice"
    ),
    (
      "  a: { title: A, agency: x, time: { term: 1 days }, onExpiry: pass }\n  b: { title: B, agency: x, after: [a] }",
      "b never-begins"
    ),
    ("  a: { title: A, agency: x }\n  b: { title: B, agency: x, after: [a], toldTheEnd: true }", "b knows-the-end"),
    (
      "  a: { title: A, agency: x, handsOver: true }\n  b: { title: B, agency: x, after: [a] }", "a not-the-return"
    ),
    ("  a: { title: A, agency: x, exchange: post, handsOver: true }", "a not-the-return"),
    ("  a: { title: A, agency: x, returnsTo: [b] }\n  b: { title: B, agency: x }", "a returns-forward"),
    ("  a: { title: A, agency: x, exchange: post }", "a beyond-level"),
    ("  a: { title: A, agency: nobody }", "a unknown-party"), ("  a: { title: A, agency: deaf }", "a no-mapping"),
    ("  a: { title: A, agency: mute }", "a never-ends"),
  ]

  private static let parties: [PartyID: PartyAbilities] = [
    "good": PartyAbilities(takesDossiers: true, tellsProgress: true),
    "deaf": PartyAbilities(takesDossiers: false, tellsProgress: true),
    "mute": PartyAbilities(takesDossiers: true, tellsProgress: false),
    "x": PartyAbilities(takesDossiers: true, tellsProgress: true),
  ]

  private func rules(
    _ steps: String, time: String = "", abilities: (@Sendable (PartyID) -> PartyAbilities?)? = nil
  ) throws -> [String] {
    try ProcedureCheck(calendars: Procedures.calendars(), abilities: abilities)
      .findings(Procedures.definition(steps, time: time)).map { "\($0.step?.text ?? "–") \($0.rule.rawValue)" }
  }

  @Test(
    "finds what can never work, before a dossier does",
    arguments: mistakes)
  func findings(steps: String, expected: String) throws {
    let found = try rules(steps + "\n", abilities: { Self.parties[$0] })
    #expect(found.contains(expected), "\(found)")
  }

  @Test("tells each rule in both languages, with its remedy; no rule is left out")
  func languages() throws {
    let calendars = try Procedures.calendars()
    let head = "procedure: thu\nversion: 1\ntitle: Thử\ncodes: [\"1.000001\"]\n"
    let wholes = [
      "calendar: nowhere\nsteps:\n  a: { title: A, agency: x }",
      "time: { term: 1 workingDays }\nsteps:\n  a: { title: A, agency: x, time: { term: 9 workingDays } }",
      "acceptedAtOnce: true\nsteps:\n  a: { title: A, agency: x, accepts: true }",
      "choice: { least: 1, of: { c: { title: C, when: \"x\" } } }\nsteps:\n  a: { title: A, agency: x }",
    ]
    let texts = Self.mistakes.map { "steps:\n" + $0.0 } + wholes
    let findings = try texts.flatMap { text in
      ProcedureCheck(calendars: calendars, abilities: { Self.parties[$0] })
        .findings(try Procedures.read(head + text + "\n"))
    }
    for finding in findings {
      #expect(finding.message.isInBothLanguages && finding.remedy.isInBothLanguages, "\(finding)")
      #expect(finding.line(in: .vietnamese).hasSuffix("[\(finding.rule.rawValue)]"))
    }
    #expect(Set(findings.map(\.rule)) == Set(ProcedureFinding.Rule.allCases))
  }

  @Test("finds nothing in what holds together")
  func sound() throws {
    let steps = """
        a: { title: A, agency: x, results: { r: "r" }, time: { term: 1 workingDays } }
        c: { title: C, agency: x, after: [a], when: "c", time: { term: 2 workingDays }, onExpiry: consent }
        b: { title: B, agency: x, after: [a, c], needs: [r], returnsTo: [a], time: { term: 2 workingDays } }
      """
    #expect(try rules(steps, time: "{ term: 5 workingDays }") == [])
  }

  @Test("finds steps that together take longer than the whole, in whatever units, but for those outside its time")
  func length() throws {
    func steps(_ last: String) -> String {
      """
        a: { title: A, agency: x, time: { term: 2 workingDays } }
        b: { title: B, agency: x, after: [a], time: { term: 3 days } }
        c: { title: C, agency: x, after: [a], time: { term: 16 workingHours }\(last) }
      """
    }
    #expect(try rules(steps(""), time: "{ term: 6 workingDays }") == [])
    // From Tuesday 29 December two working days are Thursday; three days later is Sunday, so Monday.
    #expect(try rules(steps(""), time: "{ term: 3 workingDays }") == ["b longer-than-the-whole"])
    let outside = "  a: { title: A, agency: x, time: { term: 9 workingDays }, inProcedureTime: false }\n"
    #expect(try rules(outside, time: "{ term: 3 workingDays }") == [])
  }

  @Test("finds agencies that are not there, that no mapping writes for, or that can never answer")
  func agencies() throws {
    let steps = """
        a: { title: A, agency: good }
        b: { title: B, agency: { by: "string(unit/code)", table: { "1": deaf, "2": good }, otherwise: nobody } }
        c: { title: C, agency: mute }
        d: { title: D, agency: mute, time: { term: 1 days }, onExpiry: consent }
      """
    #expect(
      try rules(steps, abilities: { Self.parties[$0] }) == ["b no-mapping", "b unknown-party", "c never-ends"])
  }

  @Test("finds an agency that is to be told the end and for which nothing is written; others may be told")
  func toldTheEnd() throws {
    let steps = """
        a: { title: A, agency: deaf, exchange: payment, toldTheEnd: true }
        b: { title: B, agency: deaf, after: [a], handsOver: true }
      """
    let deaf = PartyAbilities(takesDossiers: false, tellsProgress: true)
    #expect(try rules(steps, abilities: { _ in deaf }).contains("a no-mapping"))
    let good = PartyAbilities(takesDossiers: true, tellsProgress: true)
    #expect(try rules(steps, abilities: { _ in good }) == ["a beyond-level"])
  }

  @Test("finds a payment or a return by post below level 4; a payment may be begun by another than the gateway")
  func exchanges() throws {
    let steps = """
        a: { title: A, agency: deaf, exchange: payment }
        b: { title: B, agency: deaf, exchange: post }
      """
    let deaf = PartyAbilities(takesDossiers: false, tellsProgress: true)
    #expect(try rules(steps) == ["a beyond-level", "b beyond-level"])
    #expect(try rules(steps, abilities: { _ in deaf }).contains("b no-mapping"))
    #expect(try !rules(steps, abilities: { _ in deaf }).contains("a no-mapping"))
  }
}
