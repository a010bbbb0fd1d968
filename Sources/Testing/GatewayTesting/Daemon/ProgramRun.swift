import Glibc

/// A program that was run to its end: its exit code and what it wrote, output and errors apart.
package struct ProgramRun: Sendable {
  /// nil when the program did not end by itself in time, or was ended by a signal.
  package let exitCode: Int32?
  package let output: [UInt8]
  package let errors: [UInt8]

  package var text: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
  /// The lines of the output.
  package var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// Runs `arguments[0]` (a path, or a name found on PATH) with `input` as its standard input, for a minute at most.
  package init(_ arguments: [String], input: String = "") {
    let folder = TemporaryFolder()
    TestFiles.write(input, to: folder.path + "/in")
    let process = ChildProcess(
      ["/bin/sh", "-c", "exec \"$@\" <'\(folder.path)/in' >'\(folder.path)/out' 2>'\(folder.path)/err'", "sh"]
        + arguments,
      output: folder.path + "/shell")
    if case .exited(let code)? = process.wait(seconds: 60) { exitCode = code } else { exitCode = nil }
    output = TestFiles.read(folder.path + "/out")
    errors = TestFiles.read(folder.path + "/err")
  }

  /// Runs the built `lienthong`.
  package static func lienthong(_ arguments: String..., input: String = "") -> ProgramRun {
    lienthong(arguments, input: input)
  }

  package static func lienthong(_ arguments: [String], input: String = "") -> ProgramRun {
    ProgramRun([TestFiles.program("lienthong")] + arguments, input: input)
  }
}
