/// A page that leads somebody step by step, with its steps as blocks that a program can carry out.
///
/// A fenced block is a file to write or a line of commands to enter:
///
/// | Fence | Means |
/// |---|---|
/// | `json file=PATH` | the block is written to that file, below the folder where the guide begins |
/// | `console exit=CODE` | each line after `$ ` is entered, and says what stands below it; the last one ends with CODE, 0 unless told |
/// | `console terminal=N` | the one command goes on running, and says what stands below it |
/// | `console eventually` | a command is entered again until it says what stands below it |
///
/// In what a command says `…` stands for what is left out: alone on a line for any lines, in a line for any text.
package struct Guide: Sendable {
  /// What one fence holds.
  package struct Block: Sendable {
    package let info: [String]
    package let lines: [String]
    /// Of the fence, from 1.
    package let line: Int

    package func value(_ name: String) -> String? {
      info.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
  }

  /// A command with what it is shown to say.
  package struct Command: Sendable {
    package let text: String
    package var expected: [String] = []
    /// For messages: the file and line.
    package let place: String
  }

  package let name: String
  package let blocks: [Block]

  /// Reads the page at `path`. `replacements` are made in its text before: ports that are free on this machine.
  package init(_ path: String, replacing replacements: [String: String] = [:]) {
    name = path.split(separator: "/").suffix(2).joined(separator: "/")
    var text = String(decoding: TestFiles.read(path), as: UTF8.self)
    for (old, new) in replacements { text = text.replacing(old, with: new) }
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
    self.blocks = blocks
  }

  /// The same without what is only shown: documents that nobody writes to a file and nobody enters.
  package init(steps guide: Guide) {
    name = guide.name
    blocks = guide.blocks.filter { $0.info.first == "console" || $0.value("file") != nil }
  }

  /// Writes every file the guide shows; one that is shown twice as it is shown last.
  package func writeFiles(to folder: String) {
    for block in blocks { _ = write(block, to: folder) }
  }

  /// False where the block is no file.
  func write(_ block: Block, to folder: String) -> Bool {
    guard let file = block.value("file") else { return false }
    TestFiles.write(block.lines.joined(separator: "\n") + "\n", to: folder + "/" + file)
    return true
  }

  func commands(_ block: Block) -> [Command] {
    var commands: [Command] = []
    for (offset, line) in block.lines.enumerated() {
      if line.hasPrefix("$ ") {
        commands.append(Command(text: String(line.dropFirst(2)), place: "\(name):\(block.line + offset + 1)"))
      } else if !commands.isEmpty {
        commands[commands.count - 1].expected.append(line)
      }
    }
    return commands
  }

  /// Whether the lines are the expected ones.
  package static func agree(_ expected: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains { agree(expected.dropFirst(), lines[$0...]) }
    }
    guard let line = lines.first else { return false }
    return agree(first, line) && agree(expected.dropFirst(), lines.dropFirst())
  }

  private static func agree(_ expected: String, _ line: String) -> Bool {
    let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return expected == line }
    guard line.hasPrefix(first) else { return false }
    var rest = line.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }

  /// Lines without the white space at their ends, and without those that are empty then.
  static func trimmed(_ lines: [String]) -> [String] {
    lines.map { line in
      var line = line
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.filter { !$0.isEmpty }
  }

  static func trimmed(_ text: String) -> [String] { trimmed(text.split(separator: "\n").map(String.init)) }
}
