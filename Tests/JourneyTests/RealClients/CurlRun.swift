import GatewayTesting
import JSONKit

/// One request by the curl program, as a script of an agency would make it.
struct CurlRun {
  let run: ProgramRun
  /// nil when there was no answer.
  let status: Int?
  /// The headers of the answer, by their names in small letters.
  let headers: JSONValue?
  let body: [UInt8]

  /// - Parameters:
  ///   - arguments: the options and the address.
  ///   - input: what curl reads where an option says `@-`.
  init(_ arguments: [String], input: [UInt8] = []) {
    let folder = TemporaryFolder()
    let answer = folder.path + "/answer"
    run = ProgramRun(
      [
        "/usr/bin/curl", "--silent", "--show-error", "--max-time", "30", "--output", answer, "--write-out",
        "{\"status\":%{http_code},\"headers\":%{header_json}}",
      ] + arguments, input: String(decoding: input, as: UTF8.self))
    let told = try? JSONDocument(parsing: run.output).root
    status = run.exitCode == 0 ? told?["status"]?.integer : nil
    headers = told?["headers"]
    body = TestFiles.read(answer)
  }

  func header(_ name: String) -> String? { headers?[name]?[0]?.string }

  var json: JSONValue? { try? JSONDocument(parsing: body).root }
}
