import Testing

@testable import HTTPKit

@Suite("The parts of a message")
struct MessageTests {
  @Test("fields keep their order, are found whatever their case, and can be replaced")
  func fields() {
    var headers: HTTPHeaders = ["Content-Type": "a", "X": "1", "x": "2"]
    #expect(headers["content-TYPE"] == "a")
    #expect(headers["X"] == "1")
    #expect(headers.values("x") == ["1", "2"])
    #expect(headers.all.map(\.name) == ["Content-Type", "X", "x"])
    #expect(headers["Y"] == nil && !headers.contains("Y"))
    headers["x"] = "3"
    #expect(headers.all.map(\.value) == ["a", "3"])
    headers["Content-Type"] = nil
    #expect(headers.count == 1)
    headers.append("Tên", "giá trị")
    #expect(headers["Tên"] == "giá trị")
    #expect(headers == ["X": "3", "Tên": "giá trị"])
    #expect(headers != ["Tên": "giá trị", "X": "3"])
    #expect(["A": "b"] as HTTPHeaders == ["a": "b"])
    #expect(["A": "b"] as HTTPHeaders != ["a": "B"])
  }

  @Test("fields that would break out of their line are found out")
  func unsendableFields() {
    #expect((["A": "b\tç", "B": ""] as HTTPHeaders).firstUnsendableName == nil)
    for (name, value) in [
      ("A", "b\r\nC: d"), ("A", "b\n"), ("A", "\0"), ("A:", "b"), ("", "b"), ("A B", "c"), ("Ä", "b"),
    ] {
      #expect(([name: value] as HTTPHeaders).firstUnsendableName != nil, "\(name.debugDescription)")
    }
  }

  @Test(
    "targets come apart into path and query",
    arguments: [
      ("/", [], []), ("/a", ["a"], []), ("/a/", ["a", ""], []), ("//a", ["", "a"], []), ("/a%2Fb/c", ["a/b", "c"], []),
      ("/%C3%A0?x=%C3%A0&y", ["à"], ["x=à", "y="]), ("/a?b=c=d&&e=+%2B", ["a"], ["b=c=d", "e= +"]), ("/?", [], []),
      ("/a.b/..c", ["a.b", "..c"], []), ("*", [], []), ("http://h:80/a?b", ["a"], ["b="]), ("HTTP://h", [], []),
      ("https://h?x=1", [], ["x=1"]),
    ] as [(String, [String], [String])])
  func targets(target: String, path: [String], query: [String]) throws {
    let parsed = try #require(HTTPTarget(parsing: Array(target.utf8)))
    #expect(parsed.path == path)
    #expect(parsed.query.parameters.map { "\($0.name)=\($0.value)" } == query)
  }

  @Test(
    "targets that mean nothing, or mean to climb, are refused",
    arguments: [
      "", "a", "/a b", "/%", "/%1", "/%GG", "/%00", "/%C3", "/.", "/..", "/a/../b", "/a/%2e", "/%2E%2e/a", "/a#b", "/à",
      "/a?%", "/a?x=%FF", "ftp://h/a", "http://", "http:///a", "//\u{7F}",
    ])
  func wrongTargets(target: String) {
    #expect(HTTPTarget(parsing: Array(target.utf8)) == nil)
  }

  @Test("a problem is JSON, whatever its words")
  func problems() {
    let problem = HTTPProblem(status: 400, code: "x", title: "a \"b\" \\ \n\u{1}", detail: "ký tự")
    #expect(
      String(decoding: problem.response.body, as: UTF8.self)
        == #"{"type":"about:blank","status":400,"code":"x","title":"a \"b\" \\ \u000a\u0001","detail":"ký tự"}"#)
    #expect(problem.response.headers["content-type"] == "application/problem+json")
  }

  @Test("every refusal has words of its own and a status that refuses")
  func refusals() {
    let problems = HTTPRefusal.allCases.map(\.problem)
    #expect(problems.allSatisfy { (400...599).contains($0.status) && !$0.title.isEmpty && !$0.detail.isEmpty })
    #expect(Set(problems.map(\.title)).count == problems.count)
  }

  @Test("long durations do not overflow")
  func durations() {
    #expect(MonotonicClock.nanoseconds(.milliseconds(1_500)) == 1_500_000_000)
    #expect(MonotonicClock.nanoseconds(.seconds(Int64.max)) == .max)
    #expect(MonotonicClock.deadline(after: .seconds(Int64.max)) == .max)
  }
}
