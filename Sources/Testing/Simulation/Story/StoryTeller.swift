import Glibc
import JSONKit
package import ServiceKit

/// Plays the demo against a running gateway with its simulators, and tells each step as it happens.
///
/// A step that is not seen within its time ends the story with a `StoryFailure`: the demo is a test as well.
package final class StoryTeller {
  let plan: StoryPlan
  let site: StorySite
  let documents: StoryDocuments
  let client: StoryClient
  private let style: TerminalStyle
  private let time: any TimeSource
  private let startedAt: MonotonicInstant
  private let tell: (String) -> Void
  var session = ""

  /// Between two looks at what is waited for.
  private static let pollingInterval = Duration.milliseconds(100)
  private static let detailIndent = String(repeating: " ", count: 12)

  /// `tell` gets each line as it happens.
  package init(
    plan: StoryPlan, site: StorySite, style: TerminalStyle, time: any TimeSource = SystemTimeSource(),
    tell: @escaping (String) -> Void
  ) throws(StoryFailure) {
    self.plan = plan
    self.site = site
    self.style = style
    self.time = time
    self.tell = tell
    client = try StoryClient()
    startedAt = time.monotonic()
    documents = StoryDocuments(plan: plan, startedAt: time.now())
  }

  deinit {
    client.stop()
  }

  package func play() throws(StoryFailure) {
    for (number, scene) in plan.scenes.enumerated() {
      tell("")
      tell(style.painted("\(number + 1). \(scene.vietnamese) · \(scene.english)", .bold))
      for step in scene.steps { try play(step) }
    }
    sayHowToLook()
  }

  private func play(_ step: StoryStep) throws(StoryFailure) {
    let deadline = time.monotonic() + step.within
    var last = StoryOutlook.notYet("nothing seen yet")
    var isFirst = true
    while isFirst || time.monotonic() < deadline {
      if !isFirst { Self.pause(Self.pollingInterval) }
      isFirst = false
      do throws(StoryFailure) {
        last = try look(step)
      } catch {
        // What does not answer now may answer before the time is over.
        last = .notYet(error.message)
      }
      switch last {
      case .seen(let state, let isTrouble, let details):
        line(step, state, isTrouble ? .shown : .done)
        for detail in details { tell(Self.detailIndent + style.painted(detail, .dim)) }
        return
      case .never(let reason):
        line(step, reason, .failed)
        throw failure(step, reason)
      case .notYet: continue
      }
    }
    guard case .notYet(let state) = last else { return }
    line(step, state, .failed)
    throw failure(step, "not seen within \(StoryLine.seconds(step.within).drop { $0 == " " }) s; last: \(state)")
  }

  private func failure(_ step: StoryStep, _ reason: String) -> StoryFailure {
    let (from, to) = parties(of: step.action)
    return StoryFailure("\(from) → \(to), \(step.english): \(reason)")
  }

  private func line(_ step: StoryStep, _ state: String, _ mark: StoryLine.Mark) {
    let (from, to) = parties(of: step.action)
    let line = StoryLine(
      after: time.monotonic() - startedAt, from: from, to: to, what: "\(step.vietnamese) · \(step.english)",
      state: state, mark: mark)
    tell(line.text(style))
  }

  private func parties(of action: StoryStep.Action) -> (from: String, to: String) {
    switch action {
    case .login, .send: (plan.oneStop.name, plan.gateway)
    case .refused, .problem, .pulled: (plan.gateway, plan.oneStop.name)
    case .delivered(_, let party, _), .deferred(_, let party): (plan.gateway, plan.name(of: party))
    case .progress, .result: (plan.gateway, plan.portal.name)
    case .reported(_, let agency): (plan.name(of: agency), plan.gateway)
    case .submitted: ("Công dân", plan.platform.name)
    case .fetched: (plan.platform.name, plan.gateway)
    case .reached(_, let party): (plan.gateway, plan.name(of: party))
    case .answered(_, let party, _): (plan.name(of: party), plan.gateway)
    case .told: (plan.gateway, plan.platform.name)
    case .down(let agency, _): (plan.name(of: agency), "—")
    }
  }

  /// Ends the telling with what to type next.
  private func sayHowToLook() {
    let actions = plan.scenes.flatMap(\.steps).map(\.action)
    tell("")
    tell("Xem tiếp · look further:")
    if let first = actions.lazy.compactMap(\.sentDocument).first {
      tell("  lienthong dossier trace \(documents.code(of: first))")
    }
    if let first = actions.lazy.compactMap(\.submittedDocument).first {
      tell("  lienthong procedure trace \(documents.code(of: first))")
    }
    tell("  lienthong queue")
  }

  private static func pause(_ duration: Duration) {
    var rest = timespec()
    rest.tv_nsec = Int(duration.wholeMicroseconds) * 1_000
    nanosleep(&rest, nil)
  }
}

/// What a look at the world brings.
enum StoryOutlook {
  /// It happened; `isTrouble` when what happened is the refusal or outage the story wants to show;
  /// `details` are told below the line.
  case seen(String, isTrouble: Bool = false, details: [String] = [])
  case notYet(String)
  /// It can no longer happen.
  case never(String)
}

extension StoryStep.Action {
  fileprivate var sentDocument: String? {
    guard case .send(let document, _) = self else { return nil }
    return document
  }

  fileprivate var submittedDocument: String? {
    guard case .submitted(let document) = self else { return nil }
    return document
  }
}
