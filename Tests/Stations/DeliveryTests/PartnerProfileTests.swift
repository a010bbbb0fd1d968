import Delivery
import DocumentKit
import ServiceKit
import Testing

@Suite struct PartnerProfileTests {
  @Test("the shipped profile of the portal has its three calls and asks for what differs between sites")
  func portalProfile() throws {
    let profile = try ShippedProfile.read("dvcqg-a")
    #expect(profile.secretNames == ["username", "password"])
    #expect(profile.valueNames == ["authEndpoint", "integrationEndpoint", "shareEndpoint", "madonvi", "dstcode"])
    #expect(
      profile.defaults == ["authEndpoint": "/login", "integrationEndpoint": "/service", "shareEndpoint": "/share"])
    #expect(profile.operations.map(\.message) == ["dvcqg-a/ho-so", "dvcqg-a/tien-do"])
    #expect(profile.operations[0].variants.map(\.name) == ["create", "update"])
    guard case .wrap(let members) = profile.operations[0].variants[1].envelope else {
      Issue.record("the portal's calls are wrapped")
      return
    }
    #expect(members.map(\.name) == ["session", "madonvi", "service", "isUpdating", "data"])
    #expect(members[3].value == .text(TextTemplate(literal: "True")))
    #expect(members[4].value == .payload(.list))
    #expect(profile.operations[0].contentType == "application/json; charset=utf-8")
    guard case .session(let login) = profile.authentication else {
      Issue.record("the portal has sessions")
      return
    }
    #expect(login.lifetime == .seconds(1_800))
  }

  @Test("what known clients send and ask for at once: ten steps of progress to the portal, results of three dossiers")
  func knownBatches() throws {
    let portal = try ShippedProfile.read("dvcqg-a")
    #expect(portal.operations.map { $0.batch?.size } == [nil, 10])
    let awaited = try ShippedProfile.read("hotich").polls.compactMap { poll -> Int? in
      guard case .awaited(let dossiers) = poll.progress else { return nil }
      return dossiers.batch
    }
    #expect(awaited == [3, 3, 3])
  }

  @Test("the shipped profile of the LGSP sends the document as it is, with a key in a header")
  func lgspProfile() throws {
    let profile = try ShippedProfile.read("oc-lgsp")
    #expect(profile.secretNames == ["apiKey"])
    #expect(profile.valueNames.isEmpty)
    #expect(profile.operations.allSatisfy { $0.variants.count == 1 && $0.variants[0].envelope == .raw })
    #expect(profile.operations[0].contentType == "application/xml; charset=utf-8")
    #expect(profile.answers.format == .xml)
  }

  @Test("the shipped profile of edXML over VXP signs what it says beside the document, which is the body as it is")
  func vxpProfile() throws {
    let profile = try ShippedProfile.read("edxml-vxp")
    #expect(profile.secretNames == ["secret"] && profile.valueNames == ["systemId"])
    #expect(profile.operations.allSatisfy { $0.variants.count == 1 && $0.variants[0].envelope == .raw })
    #expect(profile.operations.map(\.contentType) == ["application/octet-stream", "application/octet-stream"])
    #expect(profile.operations[1].signed.map(\.name) == ["from", "servicetype", "messagetype"])
    #expect(profile.operations[1].signed.last?.value == TextTemplate(literal: "status"))
    guard case .vxp(let signing) = profile.authentication else {
      Issue.record("another kind was read")
      return
    }
    #expect(signing.hash == .unpadded && signing.system.places == [.value("systemId")])
  }

  @Test("client credentials, a header with a text around the secret, and basic are read")
  func otherAuthentications() throws {
    let credentials = try SampleProfile.read(
      SampleProfile.replacing(
        "authentication: none",
        with: "authentication: { clientCredentials: { path: /token, id: client, secret: key, credentials: form } }"))
    guard case .oauth(let login) = credentials.authentication, case .clientCredentials = login.grant else {
      Issue.record("another kind was read")
      return
    }
    #expect(login.placement == .form)
    #expect(credentials.secretNames == ["client", "key"])

    let header = try SampleProfile.read(
      SampleProfile.replacing(
        "authentication: none", with: #"authentication: { header: { name: X-Key, value: "Token {secrets.key}" } }"#))
    #expect(header.secretNames == ["key"])

    let basic = try SampleProfile.read(
      SampleProfile.replacing(
        "authentication: none", with: "authentication: { basic: { username: user, password: pass } }"))
    #expect(basic.secretNames == ["user", "pass"])
  }

  @Test("a signed parameter cannot be one that is made for every request, and a signed partner is asked nothing")
  func signedFaults() throws {
    let signed = SampleProfile.replacing(
      "authentication: none", with: "authentication: { vxp: { system: x, secret: k } }")
    func lines(_ change: String) -> String {
      do {
        _ = try SampleProfile.read(signed.replacing("path: /records", with: "path: /records, " + change))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(lines("signed: { from: x, to: \"{dossier}\" }").isEmpty)
    #expect(lines("signed: { hash-file: x }").contains("this is no parameter of its own"))
    #expect(lines("signed: { SystemId: x }").contains("this is no parameter of its own"))
    #expect(lines("signed: { \"a b\": x }").contains("this is no parameter of its own"))
    #expect(lines("signed: { from: \"{secrets.k}\" }").contains("cannot be filled in here"))
    let ask = "ask: { path: /x, answers: { rules: [{ outcome: there, when: a }, { outcome: absent, when: b }] } }"
    #expect(lines(ask).contains("questions and files are not signed"))
  }

  /// One line that is wrong, where the complaint points, and a word of its remedy.
  static let faults: [(old: String, new: String, place: String, says: String)] = [
    ("version: 1", "version: 1\nmesages: {}", "3:1", "did you mean ‘messages’"),
    ("authentication: none", "authentication: nobody", "7:19", "clientCredentials"),
    ("  authentication: none\n", "", "7:3", "does not say how the partner knows"),
    ("authentication: none", "authentication: { basic: { username: user } }", "7:28", "password"),
    ("authentication: none", "authentication: { session: { request: { path: /l }, token: t } }", "7:19", "{session}"),
    ("authentication: none", "authentication: { header: { name: X Key, secret: k } }", "7:37", "no name of a header"),
    ("message: record, path: /records", "message: recrd, path: /records", "9:25", "did you mean ‘record’"),
    ("path: /records", "path: records", "9:39", "begins with /"),
    ("path: /records", "path: /r, signed: { from: x }", "9:51", "the requests of this partner are not signed"),
    ("authentication: none", "authentication: { vxp: { system: x, secret: k, hash: short } }", "7:56", "unpadded"),
    ("path: /records", #"path: "/r/{secrets.key}""#, "9:39", "{secrets.key} cannot be filled in here"),
    ("path: /records", #"path: "/r/{dosier}""#, "9:39", "{dossier}"),
    ("path: /records", #"path: "/r/{values.a b}""#, "9:39", "{dossier}"),
    ("path: /records", #"path: "/r/{values.}""#, "9:39", "{dossier}"),
    ("path: /records", #"path: "/r/{dossier""#, "9:39", "opened and not closed"),
    ("path: /records", "path: /records, metod: PUT", "9:49", "did you mean ‘method’"),
    ("path: /records", "path: /records, method: GET", "9:57", "POST"),
    ("path: /records", #"path: /records, wrap: { a: "{session}", b: "{payload}" }"#, "7:19", "no login"),
    ("path: /records", #"path: /records, wrap: { a: "x" }"#, "9:55", "placed 0 times"),
    ("path: /records", #"path: /records, headers: { Host: a }"#, "9:66", "not the profile's to set"),
    ("path: /steps", #"path: /steps, wrap: { b: "{payload}" }"#, "10:15", "XML message"),
    ("path: /records", #"path: /records, form: { b: "{payload}" }"#, "9:55", "{payload.text}"),
    (
      "path: /records", #"path: /records, soap: { operation: a, namespace: u, parameters: { b: "{payload}" } }"#,
      "9:14", "JSON message"
    ),
    (
      "path: /records",
      #"path: /records, soap: { operation: "a b", namespace: u, parameters: { b: "{payload.text}" } }"#, "9:68",
      "no name of an element"
    ),
    (
      "path: /records", #"path: /records, wrap: { b: "{payload}" }, form: { b: "{payload.text}" }"#, "9:81",
      "in one way"
    ),
    ("path: /records", #"path: /records, contentType: a/b, form: { b: "{payload.text}" }"#, "9:62", "remove it"),
    (
      "path: /records",
      #"path: /records, variants: { a: { wrap: { b: "{payload}" } }, c: { form: { b: "{payload.text}" } } }"#, "9:59",
      "two profiles"
    ),
    (
      "message: step, path: /steps", "message: record, path: /steps", "10:26",
      "another operation sends the same message"
    ),
    ("message: step, path: /steps", "path: /steps", "10:15", "no message of this name"),
    ("path: /records", "path: /records, list: false", "9:55", "remove it"),
    ("path: /records", "path: /records, add: {}", "9:54", "nothing is added"),
    ("path: /records", #"path: /records, add: { a: { b: ["{sesion}"] } }"#, "9:65", "is not known"),
    (
      "path: /records", #"path: /records, add: { a: { checksum: { algorithm: sha256, of: ["{parameters.b}"] } } }"#,
      "9:97",
      "cannot be filled in here"
    ),
    ("path: /steps", "path: /steps, list: true", "10:15", "only a JSON message"),
    (
      "path: /records", "path: /r, variants: { a: { path: /a, list: true }, b: { path: /b } }", "9:39",
      "every variant has a path of its own"
    ),
    ("format: json\n", "format: yaml\n", "12:13", "json, xml, text"),
    (#"when: "code = 0""#, #"when: "code =""#, "14:36", "XPath"),
    (#"when: "code = 0""#, "status: 200", "14:38", "no proof"),
    (
      "path: /records", #"path: /records, ask: { path: /r, answers: { rules: [{ outcome: there, when: "a" }] } }"#,
      "9:84", "outcome: absent"
    ),
    (
      "path: /records", "path: /records, ask: { path: /r, answers: { rules: [{ outcome: accepted, status: 204 }] } }",
      "9:96", "there"
    ),
    ("path: /records", "path: /records, ask: { path: /r }", "9:54", "answers"),
    ("path: /records", "path: /records, ask: { method: GET, json: { a: b } }", "9:75", "a GET has no body"),
    ("outcome: accepted, when", "outcome: acepted, when", "14:20", "did you mean ‘accepted’"),
    ("outcome: accepted, when", "switch: update, when", "14:19", "no operation has such a variant"),
    (
      "{ outcome: accepted", "{ outcome: sessionExpired, contains: x }\n      - { outcome: accepted", "14:20",
      "no login"
    ),
    (#", when: "code = 0""#, ", when: code = 0, contains: \"\"", "14:56", "empty"),
    (#", when: "code = 0""#, ", when: code = 0, status: 99", "14:54", "no HTTP status"),
    ("    otherwise: unreadable\n", "", "12:5", "otherwise"),
    ("otherwise: unreadable", "otherwise: accepted", "15:16", "retry, refused, unreadable"),
  ]

  @Test("a wrong line is told with its place and its remedy", arguments: faults.indices)
  func faultsArePlaced(index: Int) throws {
    let fault = Self.faults[index]
    do {
      _ = try SampleProfile.read(SampleProfile.replacing(fault.old, with: fault.new))
      Issue.record("‘\(fault.new)’ was taken")
    } catch let errors as ConfigurationErrors {
      let text = errors.description
      #expect(errors.errors.contains { "\($0.position)" == "sample.yaml:\(fault.place)" }, "\(text)")
      #expect(text.contains(fault.says), "\(text)")
    }
  }

  @Test("everything that is wrong is told at once")
  func allFaultsAtOnce() throws {
    let text = SampleProfile.replacing("version: 1", with: "version: 0")
      .replacing("path: /steps", with: "path: steps")
      .replacing("otherwise: unreadable", with: "otherwise: never")
    #expect {
      _ = try SampleProfile.read(text)
    } throws: { error in
      (error as? ConfigurationErrors)?.errors.count == 3
    }
  }

  @Test("a profile without delivery is one of a partner that only sends")
  func withoutDelivery() throws {
    let document = try YAMLDocument(parsing: "profile: a\nversion: 1\nmessages: {}\n", file: "a.yaml")
    let reader = ConfigurationReader(document)
    #expect(PartnerProfile(reading: reader.root) == nil)
    try reader.finish()
    #expect(throws: ConfigurationErrors.self) { _ = try PartnerProfile(document) }
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return replacingCharacters(in: range, with: new)
  }
}
