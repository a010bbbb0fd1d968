import DocumentKit
import ServiceKit
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  private enum Engine: String, CaseIterable {
    case sqlite
    case postgresql
  }

  private func reader(_ text: String, file: String = "/etc/lienthong/gateway.yaml") throws -> ConfigurationReader {
    ConfigurationReader(try YAMLDocument(parsing: text, file: file))
  }

  /// The complaints as lines, without the file's name.
  private func complaints(_ reader: ConfigurationReader) -> [String] {
    do throws(ConfigurationErrors) {
      try reader.finish()
      return []
    } catch {
      return error.errors.map { $0.description.replacing("/etc/lienthong/gateway.yaml:", with: "") }
    }
  }

  @Test("A file that is right is read, defaults fill what is missing")
  func reading() throws {
    let reader = try reader(
      """
      node: gw-1
      server:
        port: 8443
        idle: 90s
        body: 16MiB
        strict: true
        share: 0.25
        certificate: tls/server.pem
        key: /run/key.pem
      store: { engine: postgresql }
      hosts: [a.example, b.example]
      password: file:secrets/portal
      other: env:PORTAL_2
      agencies:
        - name: bxd
        - name: bca
      partners:
        dvcqg: { retries: 3 }
        lgsp: {}
      """)
    let root = reader.root
    #expect(root.string("node") == "gw-1")
    let server = root.requiredSection("server")
    #expect(server.integer("port", in: 1...65_535) == 8_443)
    #expect(server.integer("threads", in: 1...64, default: 2) == 2)
    #expect(server.duration("idle", in: .seconds(1) ... .seconds(3_600)) == .seconds(90))
    #expect(server.byteCount("body", in: 1...(1 << 30)) == 16 * 1_048_576)
    #expect(server.boolean("strict"))
    #expect(server.number("share", in: 0...1) == 0.25)
    #expect(server.path("certificate") == "/etc/lienthong/tls/server.pem")
    #expect(server.path("key") == "/run/key.pem")
    #expect(server.optionalPath("authorities") == nil)
    #expect(root.section("store").choice("engine", default: Engine.sqlite) == .postgresql)
    #expect(root.section("absent").choice("engine", default: Engine.sqlite) == .sqlite)
    #expect(!root.section("absent").isPresent)
    #expect(root.strings("hosts") == ["a.example", "b.example"])
    #expect(root.secret("password").place == .file("/etc/lienthong/secrets/portal"))
    #expect(root.optionalSecret("other")?.place == .environment("PORTAL_2"))
    #expect(root.optionalSecret("third") == nil)
    #expect(root.sections("agencies").map { $0.string("name") } == ["bxd", "bca"])
    let partners = root.namedSections("partners")
    #expect(partners.map(\.name) == ["dvcqg", "lgsp"])
    #expect(partners.map { $0.section.integer("retries", in: 0...9, default: 1) } == [3, 1])
    #expect(complaints(reader) == [])
  }

  @Test("All that is wrong is told at once, by place, with the key, the sentence and the remedy")
  func severalErrors() throws {
    let reader = try reader(
      """
      server:
        prot: 8443
        idle: 90
        body: 16MB
        strict: yes
        wait: 2h
      store: { engine: oracle, size: 5GiB }
      password: hunter2
      agencies:
        - title: x
        - just-text
      hosts: one.example
      empty:
      """)
    let root = reader.root
    let server = root.requiredSection("server")
    _ = server.integer("port", in: 1...65_535)
    _ = server.duration("idle", in: .seconds(1) ... .seconds(3_600))
    _ = server.byteCount("body", in: 1...(1 << 30))
    _ = server.boolean("strict")
    _ = server.duration("wait", in: .milliseconds(1_500) ... .seconds(3_600))
    _ = root.section("store").choice("engine", default: Engine.sqlite)
    _ = root.section("store").byteCount("size", in: 512...(1 << 30))
    _ = root.secret("password")
    for agency in root.sections("agencies") { _ = agency.string("name") }
    _ = root.strings("hosts")
    _ = root.string("empty")
    _ = root.requiredSection("delivery").integer("workers", in: 1...8)
    #expect(
      complaints(reader) == [
        "1:1: delivery: this key is missing (add ‘delivery: …’)",
        "2:3: server.port: this key is missing (add ‘port: …’)",
        "2:3: server.prot: this key is not known (did you mean ‘port’?)",
        "3:9: server.idle: the duration has no unit"
          + " (write a whole number with its unit, such as 500ms, 10s, 5m, 2h or 30d)",
        "4:9: server.body: the size has a unit that is not known"
          + " (write a whole number with its unit, such as 512B, 64KiB, 16MiB or 1GiB)",
        "5:11: server.strict: true or false is needed here (write true or false without quotes)",
        "6:9: server.wait: the duration is out of range (write one from 1500ms to 1h)",
        "7:18: store.engine: this value is not allowed here (one of: sqlite, postgresql)",
        "7:32: store.size: the size is out of range (write one from 512B to 1GiB)",
        "8:11: password: a secret is not written into the configuration"
          + " (write file:PATH or env:NAME; the secret itself is kept there)",
        "10:5: agencies[1].name: this key is missing (add ‘name: …’)",
        "10:5: agencies[1].title: this key is not known (known here: name)",
        "11:5: agencies[2]: a mapping is needed here and a scalar was found (write ‘key: value’ lines)",
        "12:8: hosts: a sequence is needed here and a scalar was found (write a list, ‘- …’ lines or [ … ])",
        "13:7: empty: this key is missing (add ‘empty: …’)",
      ])
  }

  @Test("Errors print as file:line:column: and never repeat a value")
  func errorForm() throws {
    let reader = try reader("password: hunter2\nport: hunter2", file: "gw.yaml")
    _ = reader.root.secret("password")
    _ = reader.root.integer("port", in: 1...2)
    let errors = #expect(throws: ConfigurationErrors.self) { try reader.finish() }
    let lines = errors?.description.split(separator: "\n") ?? []
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("gw.yaml:1:11: password: ") == true)
    #expect(errors?.description.contains("hunter2") == false)
  }

  @Test("A part of the program can note what is inconsistent, at the key's value")
  func inconsistent() throws {
    let reader = try reader("low: 5\nhigh: 3")
    let low = reader.root.integer("low", in: 0...9)
    let high = reader.root.integer("high", in: 0...9)
    if low > high {
      reader.root.note(
        Sentence("high is below low", "không khớp"), key: "high", remedy: Sentence("raise it", "hãy sửa"))
    }
    #expect(complaints(reader) == ["2:7: high: high is below low (raise it)"])
  }

  @Test("A section read by two parts of the program knows the keys of both")
  func twoReaders() throws {
    let reader = try reader("tls: { certificate: a, key: b }")
    _ = reader.root.section("tls").string("certificate")
    _ = reader.root.section("tls").string("key")
    #expect(complaints(reader) == [])
  }

  @Test("A section that nobody has entered is an unknown key as a whole")
  func untouchedSection() throws {
    let reader = try reader("sever: { port: 1 }")
    _ = reader.root.section("server").integer("port", in: 1...9, default: 1)
    #expect(complaints(reader) == ["1:1: sever: this key is not known (did you mean ‘server’?)"])
  }

  @Test("A required key inside a section that is optional and absent is not missed")
  func absentSection() throws {
    let reader = try reader("a: 1")
    _ = reader.root.integer("a", in: 0...9)
    _ = reader.root.section("tls").string("certificate")
    #expect(complaints(reader) == [])
  }

  @Test("Limit: errors collected")
  func errorsLimit() throws {
    let reader = try reader((0..<150).map { "k\($0): x" }.joined(separator: "\n"))
    for number in 0..<150 { _ = reader.root.integer("k\(number)", in: 0...1) }
    #expect(complaints(reader).count == ConfigurationReader.errorsLimit)
  }

  @Test("Range ends are inside, one step beyond is outside")
  func rangeEnds() throws {
    func fits(_ text: String, _ read: (ConfigurationSection) -> Void) throws -> Bool {
      let reader = try reader("x: \(text)")
      read(reader.root)
      return complaints(reader).isEmpty
    }
    for (text, isRight) in [("1", true), ("9", true), ("0", false), ("10", false)] {
      #expect(try fits(text) { _ = $0.integer("x", in: 1...9) } == isRight)
      #expect(try fits("\(text)s") { _ = $0.duration("x", in: .seconds(1) ... .seconds(9)) } == isRight)
      #expect(try fits("\(text)KiB") { _ = $0.byteCount("x", in: 1_024...9_216) } == isRight)
      #expect(try fits(text) { _ = $0.number("x", in: 1...9) } == isRight)
    }
  }

  @Test("A file that is no YAML is told in the same form")
  func notYAML() throws {
    let error = try #require(
      #expect(throws: YAMLError.self) { try YAMLDocument(parsing: "a: 1\na: 2", file: "gw.yaml") })
    #expect(
      ConfigurationErrors(error).description
        == "gw.yaml:2:1: the key ‘a’ is already set in line 1 (keep one of the two)")
  }
}
