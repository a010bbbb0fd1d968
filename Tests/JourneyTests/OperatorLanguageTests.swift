import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// What an operator reads, in the language that was asked for.
@Suite("An operator's commands with --language vi", .timeLimit(.minutes(2)))
struct OperatorLanguageTests {
  private static let code = "H99.14-260101-0001"
  private static let nobody = "01890000-0000-7000-8000-000000000000"

  /// Vietnamese, with no word that only an English sentence has.
  private func isVietnamese(_ text: String) -> Bool {
    let english: Set<Substring> = ["the", "is", "are", "with", "cannot", "there", "not", "has", "say", "or", "here"]
    return text.contains { $0.isLetter && !$0.isASCII }
      && text.split { !$0.isLetter }.allSatisfy { !english.contains($0) }
  }

  @Test(
    "a call that is refused is refused in Vietnamese, and in English unless told",
    arguments: [
      ["queue"], ["queue", "x"], ["queue", "why"], ["queue", "why", "x"], ["queue", "why", "7"], ["queue", "shape"],
      ["queue", "hold", "--destination", "cong"], ["queue", "hold", "--reason", "x"],
      ["queue", "hold", "--delivery", "0", "--reason", "x"],
      ["queue", "release", "--state", "delivered", "--reason", "x"],
      ["queue", "flush", "--failure", "bad", "--reason", "x"], ["queue", "cancel", "--all", "--reason", "x"],
      ["queue", "requeue", "x", "--reason", "x"], ["queue", "requeue", "7"], ["queue", "--no-such-option"],
      ["dead"], ["dead", "x"], ["dead", "list"], ["dead", "list", "00"], ["dead", "release", "00"],
      ["message"], ["message", "show", "x"], ["message", "tell", nobody], ["message", "show", nobody],
      ["message", "resend", "x", "--to", "cong", "--reason", "x"], ["message", "resend", nobody, "--reason", "x"],
      ["message", "resend", nobody, "--to", "cong"],
      ["dossier"], ["dossier", "x"], ["dossier", "list", "--limit", "0"], ["dossier", "trace", code],
    ])
  func refused(arguments: [String]) {
    let folder = TemporaryFolder()
    let place = ["--data", folder.path]
    let run = ProgramRun.lienthong(arguments + ["--language", "vi"] + place)
    #expect(run.exitCode == 2 && run.text.isEmpty && isVietnamese(run.errorText), "\(run.errorText)")
    let english = ProgramRun.lienthong(arguments + place)
    #expect(english.exitCode == 2 && !english.errorText.isEmpty && !isVietnamese(english.errorText))
    #expect(english.errorText.allSatisfy { !$0.isLetter || $0.isASCII }, "\(english.errorText)")
  }

  @Test("a language that there is not is refused", arguments: ["queue", "dead", "dossier", "message"])
  func unknownLanguage(command: String) {
    let words = command == "message" ? ["message", "show", Self.nobody] : [command]
    let run = ProgramRun.lienthong(words + ["--language", "fr"])
    #expect(run.exitCode == 2 && run.errorText.contains("--language is en or vi"), "\(run.errorText)")
  }

  @Test(
    "what waits, why, what was ordered and what happened is told in Vietnamese, with the words of --state as they are")
  func told() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    func run(_ arguments: String...) -> ProgramRun {
      ProgramRun.lienthong(arguments + ["--data", site.data, "--language", "vi"])
    }
    func expect(_ run: ProgramRun, _ code: Int32, _ part: String, at place: SourceLocation = #_sourceLocation) {
      let told = run.text + run.errorText
      #expect(run.exitCode == code && told.contains(part) && isVietnamese(told), "\(told)", sourceLocation: place)
    }
    expect(run("queue"), 0, "Hàng đợi trống.")
    expect(run("dead"), 0, "Không có lượt giao nào")
    expect(run("dossier", "trace", Self.code), 1, "chưa nhận bản tin nào về hồ sơ '\(Self.code)'")
    let id = try #require(visitor.json(visitor.lodge(Dossiers.json(Self.code)))?["id"]?.string)

    expect(run("queue", "hold", "--destination", "cong", "--reason", "cổng bảo trì"), 0, "1 đã đổi, 0 giữ nguyên.")
    let queue = run("queue")
    expect(queue, 0, "BÊN NHẬN")
    #expect(
      queue.lines.contains { $0.hasPrefix("cong ") && $0.contains(" held ") && $0.contains(" giây") }, "\(queue.text)")
    expect(run("queue", "shape"), 0, "phút")
    let dead = run("dead")
    expect(dead, 0, "TRẠNG THÁI")
    expect(run("dead", "list", "00"), 1, "không có nhóm '00'")
    let fingerprint = try #require(dead.lines.last?.split(separator: " ").first.map(String.init))
    let listed = run("dead", "list", fingerprint)
    let delivery = try #require(listed.lines.first?.split(separator: " ").first.map(String.init))

    let why = run("queue", "why", delivery)
    expect(
      why, 0,
      "Lượt giao \(delivery) (\(Self.code) tới cong) đang bị giữ (cổng bảo trì); `queue release --delivery \(delivery)` cho đi"
    )
    #expect(why.lines.count == 1 && why.text.hasSuffix(".\n"))
    let machine = try JSONDocument(parsing: run("queue", "why", delivery, "--json").output).root
    #expect(machine["whyVi"]?.string.map { $0 + "\n" } == why.text)
    #expect(machine["why"]?.string?.hasPrefix("Delivery \(delivery) (\(Self.code) to cong) is held (") == true)
    expect(run("queue", "why", "9999"), 1, "không có lượt giao 9999")
    expect(run("message", "resend", id, "--to", "cong", "--reason", "thử"), 1, "ở trạng thái held và chưa xong")
    expect(run("message", "resend", id, "--to", "ai-do", "--reason", "thử"), 1, "chưa từng có lượt giao tới 'ai-do'")

    expect(run("message", "show", Self.nobody), 1, "không có bản tin \(Self.nobody)")
    expect(run("message", "show", id, "--payload", "999"), 1, "không có lượt giao 999")
    expect(run("message", "show", id, "--answer", "\(delivery).9"), 1, "không có lần thử 9")
    expect(run("message", "show", id, "--payload", "x"), 2, "--payload cần số")
    expect(run("message", "show", id, "--answer", "1"), 2, "--answer cần")
    expect(run("message", "show", id, "--body", "--payload", delivery), 2, "không đi cùng nhau")
    let trace = run("message", "trace", id)
    for part in [
      "đã nhận dvcqg-a/ho-so từ mot-cua", "tới cong: held (ready → held) — cổng bảo trì",
      "(lượt giao \(delivery)) ở trạng thái held",
    ] {
      #expect(trace.text.contains(part), "\(part) in \(trace.text)")
    }
    #expect(run("dossier", "trace", Self.code).lines.first == "Hồ sơ \(Self.code)")
    expect(run("dossier", "list"), 0, "BẢN TIN")

    expect(run("dead", "release", fingerprint, "--reason", "xong"), 0, "1 đã đổi")
    expect(run("queue", "cancel", "--delivery", delivery, "--reason", "gửi nhầm"), 0, "1 đã đổi")
    expect(run("queue", "why", delivery), 0, "đã bị hủy")
    expect(run("queue", "requeue", delivery, "--reason", "lại"), 0, "tới cong ở trạng thái ready")
    #expect(run("message", "attempts", id).text.contains { $0.isLetter && !$0.isASCII })
  }
}
