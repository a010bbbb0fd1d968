import GatewayTesting
import Testing

/// Carries out `Mappings/GUIDE.md` in an empty folder: writes the files it shows and compares what its commands say.
@Suite("The guide to a first mapping", .timeLimit(.minutes(5)))
struct GuideTests {
  /// A fenced block: ```` ```json file=PATH ```` is written, ```` ```console exit=CODE ```` is run.
  private struct Block {
    let info: [String]
    let lines: [String]
    /// Of the fence, from 1.
    let line: Int

    func value(_ name: String) -> String? {
      info.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
  }

  private struct Command {
    let text: String
    var expected: [String] = []
    let place: String
  }

  private let folder = TemporaryFolder()

  private static let blocks: [Block] = {
    let text = String(decoding: TestFiles.read(TestFiles.projectRoot + "/Mappings/GUIDE.md"), as: UTF8.self)
    var blocks: [Block] = []
    var open: (info: [String], line: Int)?
    var lines: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.hasPrefix("```") else {
        lines.append(String(line))
        continue
      }
      if let (info, first) = open {
        blocks.append(Block(info: info, lines: lines, line: first))
        open = nil
      } else {
        open = (line.dropFirst(3).split(separator: " ").map(String.init), index + 1)
      }
      lines = []
    }
    return blocks
  }()

  private static func commands(_ block: Block) -> [Command] {
    var commands: [Command] = []
    for (offset, line) in block.lines.enumerated() {
      if line.hasPrefix("$ ") {
        let place = "GUIDE.md:\(block.line + offset + 1)"
        commands.append(Command(text: String(line.dropFirst(2)), place: place))
      } else if !commands.isEmpty {
        commands[commands.count - 1].expected.append(line)
      }
    }
    return commands
  }

  /// Whether the lines are the expected ones, where `…` stands for any number of lines.
  private static func agree(_ expected: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains { agree(expected.dropFirst(), lines[$0...]) }
    }
    return lines.first == first && agree(expected.dropFirst(), lines.dropFirst())
  }

  private static func trimmed(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      var line = line
      while line.hasSuffix(" ") { line.removeLast() }
      return String(line)
    }
  }

  private func run(_ command: String) -> ProgramRun {
    let programs = TestFiles.program("lienthong").split(separator: "/").dropLast().map { "/" + $0 }.joined()
    return ProgramRun(["/bin/sh", "-c", "cd '\(folder.path)' && PATH='\(programs)':$PATH && \(command)"])
  }

  @Test("every step can be carried out, and the commands say what the guide shows")
  func steps() throws {
    var asked: Set<String> = []
    for block in Self.blocks {
      if let file = block.value("file") {
        TestFiles.write(block.lines.joined(separator: "\n") + "\n", to: folder.path + "/" + file)
        continue
      }
      try #require(block.info.first == "console", "GUIDE.md:\(block.line): a block that nobody carries out")
      let exitCode = Int32(block.value("exit") ?? "0")
      let commands = Self.commands(block)
      for (index, command) in commands.enumerated() {
        let run = run(command.text)
        let isLast = index == commands.count - 1
        #expect(run.exitCode == (isLast ? exitCode : 0), "\(command.place): \(command.text)\n\(run.errorText)")
        let lines = Self.trimmed(run.text)
        #expect(
          Self.agree(command.expected[...], lines[...]),
          "\(command.place): \(command.text)\n\(lines.joined(separator: "\n"))")
        asked.insert(command.text.split(separator: " ").prefix(3).joined(separator: " "))
      }
    }
    let wanted = ["check", "coverage", "explain", "loss", "new", "run", "test"].map { "lienthong map " + $0 }
    #expect(Set(wanted + ["lienthong schema paths"]).subtracting(asked) == [])
  }

  @Test("map test --samples tells machines the same, and refuses calls it cannot understand")
  func samplesForMachines() {
    for block in Self.blocks {
      if let file = block.value("file") {
        TestFiles.write(block.lines.joined(separator: "\n") + "\n", to: folder.path + "/" + file)
      }
    }
    let json = run("lienthong map test thue--cong --samples 3 --round-trip --json")
    #expect(json.exitCode == 0 && json.text.contains("\"translated\":3"), "\(json.text)")
    for call in ["--samples 0", "--samples many", "--seed 3", "--round-trip", "--samples 2 --update"] {
      #expect(run("lienthong map test thue--cong \(call)").exitCode == 2, "\(call)")
    }
  }

  @Test("schema sample makes the one sample again that a failure names, of XML too")
  func repetition() throws {
    let root = TestFiles.projectRoot
    let schema = "--root dossier --seed 1 '\(root)/Schemas/canonical/1/canonical.xsd'"
    let third = run("lienthong schema sample --number 3 \(schema)").text
    let all = run("lienthong schema sample --count 3 --json \(schema)").text
    let code = try #require(third.split(separator: "<code>").dropFirst().first?.split(separator: "<").first)
    #expect(third.contains("<dossier") && all.contains(code))
    #expect(run("lienthong schema sample --number 1 \(schema)").text != third)
    #expect(run("lienthong schema sample --number 2 --count 2 \(schema)").exitCode == 2)
  }

  @Test("an output that differs in one line from what is shown is found")
  func comparison() {
    #expect(Self.agree(["…", "b", "…"], ["a", "b", "c"]) && Self.agree([], []))
    #expect(!Self.agree(["a", "…", "d"], ["a", "b", "c"]))
    #expect(!Self.agree(["a"], ["a", "b"]) && !Self.agree(["a", "b"], ["a"]))
  }
}
