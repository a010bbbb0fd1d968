import DossierModel
import FileKit
import Gateway
import GatewayTesting
import HTTPKit
import JSONKit
import Reception
import ServiceKit
import Testing

/// What `lienthong partner openapi` says of callbacks and questions, against a gateway that is called.
@Suite("What partners call is what its OpenAPI description says", .timeLimit(.minutes(5)))
struct CallbackContractTests {
  private typealias Operation = OpenAPIDescription.Operation

  /// One address of a shipped profile at which a message comes.
  private struct Callback {
    let operation: Operation
    let profile: CallbackProfile
    let type: MessageType
    /// An example of its mapping.
    let example: [UInt8]
  }

  private static let profiles =
    (try? PartnerCatalogue(
      folder: TestFiles.projectRoot + "/Deploy/partners", catalogue: TestFiles.projectRoot
    ).profiles)?.filter { $0.callbacks != nil } ?? []

  private static func describe(_ words: String...) -> ProgramRun {
    let folders = ["--partners", TestFiles.projectRoot + "/Deploy/partners", "--catalogue", TestFiles.projectRoot]
    return ProgramRun([TestFiles.program("lienthong"), "partner", "openapi"] + words + folders)
  }

  private static func description(_ words: String...) throws -> OpenAPIDescription {
    let run = words.isEmpty ? describe() : describe(words[0])
    try #require(run.exitCode == 0, "\(run.errorText)")
    return try OpenAPIDescription(parsing: run.output)
  }

  private static func operation(_ profile: SiteProfile, _ path: String) -> Operation {
    Operation(method: "post", path: "/callbacks/\(profile.name)/\(path)")
  }

  private static func callbacks() throws -> [Callback] {
    try profiles.flatMap { profile in
      try profile.callbacks?.messages.map { path, name in
        let type = try #require(profile.messages.first { $0.name == name })
        let mapping = try #require(type.toCanonical)
        let file = try #require(
          FolderListing.files(in: TestFiles.projectRoot + "/Mappings/\(mapping)/1/examples", ending: ".in.json").first)
        return Callback(
          operation: operation(profile, path), profile: try #require(profile.callbacks), type: type,
          example: TestFiles.read(file))
      } ?? []
    }
  }

  @Test("the description has the v1 API, every callback and every question, and of a named profile no other's")
  func complete() throws {
    let own = Set(try OpenAPIDescription().operations.keys)
    let all = Self.profiles.map { profile in
      let callbacks = profile.callbacks
      return (callbacks?.messages.map(\.path) ?? []) + (callbacks?.questions.map(\.path) ?? [])
        + (callbacks?.lists.map(\.path) ?? [])
    }
    let called = zip(Self.profiles, all).map { profile, paths in Set(paths.map { Self.operation(profile, $0) }) }
    #expect(called.count >= 3 && called.reduce(0) { $0 + $1.count } >= 10)
    #expect(Set(try Self.description().operations.keys) == called.reduce(own) { $0.union($1) })
    for (profile, operations) in zip(Self.profiles, called) {
      #expect(Set(try Self.description(profile.name).operations.keys) == own.union(operations))
    }
    for (name, expected) in [("khong-co", "known here"), ("rest", "no callbacks")] {
      let run = Self.describe(name)
      #expect(run.exitCode == 2 && run.errorText.contains(expected), "\(name): \(run.errorText)")
    }
  }

  @Test("a body is described by the very schema that it is checked against: the same examples are good and bad by both")
  func bodies() throws {
    let description = try Self.description()
    var judged = (good: 0, bad: 0)
    for callback in try Self.callbacks() {
      let complaints = try #require(
        try description.complaints(aboutRequest: callback.example, to: callback.operation), "\(callback.operation)")
      #expect(complaints == [], "\(callback.operation)")
      let parts = callback.type.schema.split(separator: "/").map(String.init)
      let folder = "\(TestFiles.projectRoot)/Schemas/\(parts.dropLast().joined(separator: "/"))"
      let stem = parts[parts.count - 1].replacing(".schema.json", with: "--")
      for (kind, isGood) in [("valid", true), ("invalid", false)] {
        for path in FolderListing.files(in: "\(folder)/\(kind)", ending: ".json") {
          guard path.split(separator: "/").last?.hasPrefix(stem) == true else { continue }
          let found = try description.complaints(aboutRequest: TestFiles.read(path), to: callback.operation)
          #expect(found?.isEmpty == isGood, "\(path): \(found ?? [])")
          if isGood { judged.good += 1 } else { judged.bad += 1 }
        }
      }
    }
    #expect(judged.good >= 8 && judged.bad >= 8, "\(judged)")
  }

  @Test(
    "every described answer of a callback or a question comes and looks so, in trouble too, and none comes that is not")
  func answers() throws {
    let description = try Self.description()
    var seen: [Operation: Set<Int>] = [:]
    func examine(_ answer: HTTPResponse?, _ operation: Operation, _ what: String) throws {
      let answer = try #require(answer, "\(operation), \(what)")
      seen[operation, default: []].insert(answer.status)
      #expect(try description.complaints(about: answer, to: operation) == [], "\(operation), \(what)")
    }
    let callbacks = try Self.callbacks()
    let questions = Self.profiles.flatMap { profile in
      profile.callbacks?.questions.map { (Self.operation(profile, $0.path), $0) } ?? []
    }
    let lists = Self.profiles.flatMap { profile in
      profile.callbacks.map { callbacks in callbacks.lists.map { (Self.operation(profile, $0.path), callbacks, $0) } }
        ?? []
    }
    #expect(lists.count >= 3)
    for isClosed in [false, true] {
      let site = TestSite()
      site.addCaller(of: Self.profiles)
      if isClosed { site.append("intake: { reserve: 1024TiB }", to: "gateway.yaml") }
      let gateway = try GatewayInProcess(site)
      let visitor = try Visitor(port: gateway.port)
      for callback in callbacks {
        let path = callback.operation.path
        let good = ProvedCall(
          callback.example, by: callback.profile.key, apiKey: TestSite.callerKey, secret: TestSite.callerSecret)
        let answer = visitor.send(.post, path, headers: good.headers, body: good.body)
        try examine(answer, callback.operation, isClosed ? "closed" : "good")
        let expected = isClosed ? callback.profile.refusals.unavailable : callback.profile.accepted
        #expect(answer?.status == expected.status, "\(path): \(String(decoding: answer?.body ?? [], as: UTF8.self))")
        #expect(isClosed == (answer?.headers["Retry-After"] != nil))
        for wrong in ["{}", "{", "[]", #"{"\u0000": 1}"#] {
          let call = ProvedCall(
            Array(wrong.utf8), by: callback.profile.key, apiKey: TestSite.callerKey, secret: TestSite.callerSecret)
          try examine(visitor.send(.post, path, headers: call.headers, body: call.body), callback.operation, wrong)
        }
        let stranger = ProvedCall(callback.example, by: callback.profile.key, apiKey: "sai", secret: "sai")
        let turnedAway = visitor.send(.post, path, headers: stranger.headers, body: stranger.body)
        try examine(turnedAway, callback.operation, "a stranger")
        #expect(turnedAway?.status == callback.profile.refusals.unauthenticated.status)
        try examine(visitor.send(.post, path + "?x=%00"), callback.operation, "a target that is none")
      }
      for (operation, _) in questions {
        for body in [#"{"MaHoSo": "H1"}"#, "{}", "{"] {
          try examine(
            visitor.send(.post, operation.path, key: TestSite.callerKey, body: Array(body.utf8)), operation, body)
        }
        try examine(visitor.send(.post, operation.path, key: "sai", body: []), operation, "a stranger")
      }
      for (operation, callbacks, list) in lists {
        func fetch(_ body: String, key: String = TestSite.callerKey) throws -> HTTPResponse? {
          let call = ProvedCall(Array(body.utf8), by: callbacks.key, apiKey: key, secret: TestSite.callerSecret)
          let answer = visitor.send(.post, operation.path, headers: call.headers, body: call.body)
          try examine(answer, operation, body)
          return answer
        }
        #expect(try fetch("{\"x\": 1}")?.body == list.answer(Array("[]".utf8)))
        #expect(try fetch("{\"x\": 1}", key: "sai")?.status == callbacks.refusals.unauthenticated.status)
        try examine(visitor.send(.post, operation.path, body: Array("{".utf8)), operation, "half")
      }
    }
    for (operation, documented) in description.operations where operation.path.hasPrefix("/callbacks/") {
      let isQuestion = questions.contains { $0.0 == operation }
      // A question is answered from what is on the disk: it takes a damaged one.
      let missing = documented.subtracting(seen[operation] ?? [])
      #expect(missing == (isQuestion ? [503] : []), "\(operation): documented and never seen")
    }
  }
}
