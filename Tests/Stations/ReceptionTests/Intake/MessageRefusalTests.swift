import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import Testing

@Suite("POST /v1/messages: what is turned away")
struct MessageRefusalTests {
  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  @Test("an unknown sender is told how to prove itself, before its message is looked at")
  func unauthenticated() throws {
    let response = try rig.post("{", headers: ["X-Api-Key": "sai"])
    #expect(response.status == 401)
    #expect(response.headers["WWW-Authenticate"] == "Bearer realm=\"lienthong\"")
    #expect(try rig.json(response)["detail"]?.string?.contains("X-Api-Key") == true)
  }

  @Test("what cannot be read is told with line, column and rule, in both languages")
  func unreadable() throws {
    for (body, type, line, rule) in [
      ("{\n \"MaHoSo\": }", "application/json", 2, "json."), ("<TaiLieu>\n<a></TaiLieu>", "application/xml", 2, "xml."),
    ] {
      let response = try rig.post(body, type: type)
      #expect(response.status == 400)
      let finding = try #require(try rig.json(response)["errors"]?.elements.first { _ in true })
      #expect(finding["line"]?.integer == line && (finding["column"]?.integer ?? 0) > 0)
      #expect(finding["rule"]?.string?.hasPrefix(rule) == true)
      #expect(finding["messageVi"]?.string?.contains("dòng \(line)") == true)
      #expect(finding["messageEn"]?.string?.isEmpty == false)
    }
  }

  @Test("a document type declaration is refused, so that no entity is ever resolved")
  func doctype() throws {
    let body = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><TaiLieu>&e;</TaiLieu>"
    #expect(try rig.post(body, type: "application/xml").status == 400)
  }

  @Test("a broken rule is told with its place and name")
  func invalid() throws {
    let response = try rig.post("{\"MaHoSo\":\"H1\",\n\"Sai\":\"x\"}")
    #expect(response.status == 422)
    let finding = try #require(try rig.json(response)["errors"]?.elements.first { _ in true })
    #expect(finding["path"]?.string == "/Sai" && finding["rule"]?.string == ScriptedLine.rule)
    #expect(finding["line"]?.integer == 2)
  }

  @Test("every refusal is in the journal with its sender, its fault and the broken rules, and without any value")
  func journalled() throws {
    let secret = "Nguyễn Thị Bí Mật"
    _ = try rig.post("{\"\(secret)\":", headers: ["X-Api-Key": secret])
    _ = try rig.post("{\"MaHoSo\":\"\(secret)\",\"Sai\":\"\(secret)\"}")
    _ = try rig.post("{\"La\":\"\(secret)\"}")
    _ = try rig.post("{\"Cam\":\"\(secret)\"}")
    _ = try rig.post("{\"MaHoSo\":\"\(secret)")
    _ = try rig.post("{}", type: secret)
    _ = try rig.post("{}", query: "type=x")
    let lines = try rig.refusals()
    #expect(
      lines.map { $0.prefix { $0 != ";" } } == [
        "unknown: unauthenticated", "mot-cua: invalid", "mot-cua: unknown-message", "mot-cua: forbidden",
        "mot-cua: malformed", "mot-cua: unsupported-media-type", "mot-cua: unknown-message",
      ])
    #expect(lines[1] == "mot-cua: invalid; /Sai \(ScriptedLine.rule)")
    #expect(lines.allSatisfy { !$0.contains("Bí Mật") })
  }

  @Test("no answer quotes a value of the message")
  func answersQuoteNothing() throws {
    let secret = "Nguyen Thi Bi Mat"
    for body in [
      "{\"MaHoSo\":\"\(secret)\",\"Sai\":\"\(secret)\"}", "{\"La\":\"\(secret)\"}", "{\"MaHoSo\":\"\(secret)",
    ] {
      let response = try rig.post(body)
      #expect(response.status >= 400)
      #expect(!String(decoding: response.body, as: UTF8.self).contains(secret))
    }
  }

  @Test("opencps-exception-means-ack: what the store cannot take is never acknowledged: 503, and when to come again")
  func storeFails() throws {
    rig.store.close()
    let response = try rig.post(#"{"MaHoSo":"H1"}"#)
    #expect(response.status == 503)
    #expect(response.headers["Retry-After"] != nil)
    #expect(try rig.json(response)["retryable"]?.boolean == true)
    #expect(try rig.json(response)["type"]?.string == "urn:lienthong:problem:unavailable")
  }
}
