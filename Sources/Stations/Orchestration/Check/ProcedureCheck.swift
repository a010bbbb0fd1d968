package import Deadlines
import DocumentKit
package import DossierModel
import XMLKit

/// Finds what is wrong with a procedure before a dossier does: without running anything, and all at once.
package struct ProcedureCheck {
  private let calendars: CalendarCatalogue
  private let abilities: (@Sendable (PartyID) -> PartyAbilities?)?

  /// - Parameter abilities: what the parties of a site can do, nil for a party it does not have; left out, agencies are not
  ///   checked.
  package init(calendars: CalendarCatalogue, abilities: (@Sendable (PartyID) -> PartyAbilities?)? = nil) {
    self.calendars = calendars
    self.abilities = abilities
  }

  package func findings(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    var findings = names(definition)
    // What follows goes from step to step, and needs them to be there.
    guard findings.isEmpty else { return findings }
    findings += circles(definition)
    guard findings.isEmpty else { return findings }
    findings += definition.steps.flatMap { order($0, definition) + results($0, definition) + agencies($0) }
    findings += choices(definition) + levels(definition) + acceptances(definition) + ends(definition)
    if let clock = ProcedureClock(definition, calendars: calendars),
      let longer = ProcedureLength(definition, clock: clock).overrun()
    {
      findings.append(longer)
    }
    return findings
  }

  // MARK: Names

  private func names(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    var findings: [ProcedureFinding] = []
    let known = Sentence.knownHere(definition.steps.map(\.id.text))
    for step in definition.steps {
      for other in step.after + step.returnsTo.sorted() where definition[other] == nil {
        findings.append(
          ProcedureFinding(
            .unknownStep, at: step.id, Sentence("there is no step ‘\(other)’", "không có bước ‘\(other)’"),
            remedy: known))
      }
      let options = definition.choice?.options.map(\.name) ?? []
      if let choice = step.choice, !options.contains(choice) {
        findings.append(
          ProcedureFinding(
            .unknownChoice, at: step.id, Sentence("‘\(choice)’ cannot be chosen", "không chọn được ‘\(choice)’"),
            remedy: Sentence("write it under ‘choice’, or correct it", "hãy viết dưới ‘choice’, hoặc sửa lại")))
      }
    }
    if calendars.calendar(definition.calendar) == nil {
      findings.append(
        ProcedureFinding(
          .unknownCalendar, at: nil,
          Sentence("there is no calendar ‘\(definition.calendar)’", "không có lịch ‘\(definition.calendar)’"),
          remedy: .knownHere(calendars.calendars.keys.sorted())))
    }
    for office in definition.offices.sorted() where calendars.offices[office] == nil {
      findings.append(
        ProcedureFinding(
          .unknownOffice, at: nil,
          Sentence("there are no hours of an office ‘\(office)’", "không có giờ làm việc của cơ quan ‘\(office)’"),
          remedy: .knownHere(calendars.offices.keys.sorted())))
    }
    return findings
  }

  // MARK: Order

  private func circles(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    definition.steps.filter { definition.ancestors(of: $0.id).contains($0.id) }.map { step in
      ProcedureFinding(
        .circle, at: step.id,
        Sentence(
          "it stands behind itself, so that it never begins", "bước này đứng sau chính nó nên không bao giờ bắt đầu"),
        remedy: Sentence("break the circle of ‘after’", "hãy gỡ vòng lặp của ‘after’"))
    }
  }

  private func order(_ step: StepDefinition, _ definition: ProcedureDefinition) -> [ProcedureFinding] {
    let ancestors = definition.ancestors(of: step.id)
    var findings = step.returnsTo.subtracting(ancestors).sorted().map { target in
      ProcedureFinding(
        .returnsForward, at: step.id,
        Sentence(
          "‘\(target)’ is not before it, so nothing can be given back to it",
          "‘\(target)’ không đứng trước bước này nên không thể trả lại cho nó"),
        remedy: Sentence(
          "put it into ‘after’, or leave it out of ‘returnsTo’", "hãy đưa vào ‘after’, hoặc bỏ khỏi ‘returnsTo’"))
    }
    if step.join == .all {
      findings += step.after.compactMap { definition[$0] }.filter { $0.expiry == .pass }.map { before in
        ProcedureFinding(
          .neverBegins, at: step.id,
          Sentence(
            "it is given up when ‘\(before.id)’ is silent, which goes on without an answer",
            "bước này bị bỏ khi ‘\(before.id)’ im lặng, vì bước đó đi tiếp mà không cần trả lời"),
          remedy: Sentence(
            "say ‘join: ended’ here, or ‘onExpiry: consent’ there",
            "hãy viết ‘join: ended’ ở đây, hoặc ‘onExpiry: consent’ ở đó"))
      }
    }
    return findings
  }

  // MARK: Results

  private func results(_ step: StepDefinition, _ definition: ProcedureDefinition) -> [ProcedureFinding] {
    let (before, done) = (definition.ancestors(of: step.id), done(before: step, definition))
    var findings: [ProcedureFinding] = []
    for need in step.needs {
      guard let source = definition.steps.first(where: { $0.results[need] != nil && before.contains($0.id) }) else {
        findings.append(
          ProcedureFinding(
            .missingResult, at: step.id,
            Sentence("no step before it yields ‘\(need)’", "không bước nào đứng trước cho ra ‘\(need)’"),
            remedy: Sentence(
              "write it under ‘results’ of one, and that step into ‘after’",
              "hãy viết dưới ‘results’ của một bước, và đưa bước đó vào ‘after’")))
        continue
      }
      guard !belongs(source, with: step) || !done.contains(source.id) else { continue }
      findings.append(
        ProcedureFinding(
          .uncertainResult, at: step.id,
          Sentence(
            "‘\(need)’ comes from ‘\(source.id)’, which may end without it or be left out",
            "‘\(need)’ đến từ ‘\(source.id)’, là bước có thể kết thúc mà không có nó hoặc bị bỏ qua"),
          remedy: Sentence(
            "let it wait for that step with ‘join: all’, give both the same ‘choice’ and ‘when’, and let silence "
              + "there be no consent",
            "hãy để nó chờ bước đó bằng ‘join: all’, cho cả hai cùng ‘choice’ và ‘when’, và không coi im lặng ở đó là đồng ý"
          )))
    }
    for name in step.results.keys.sorted() {
      guard let other = definition.steps.first(where: { $0.results[name] != nil }), other.id != step.id else {
        continue
      }
      findings.append(
        ProcedureFinding(
          .resultTwice, at: step.id,
          Sentence("‘\(name)’ is a result of ‘\(other.id)’ too", "‘\(name)’ cũng là kết quả của ‘\(other.id)’"),
          remedy: Sentence("give it another name", "hãy đặt tên khác")))
    }
    return findings
  }

  /// Whether the one belongs to every dossier to which the other belongs.
  private func belongs(_ source: StepDefinition, with step: StepDefinition) -> Bool {
    (source.choice == nil || source.choice == step.choice)
      && (source.condition == nil || source.condition?.source == step.condition?.source)
  }

  /// Steps that are done, if they belong to the dossier, when this one begins.
  private func done(before step: StepDefinition, _ definition: ProcedureDefinition) -> Set<StepID> {
    let ways = step.after.compactMap { definition[$0] }.map { before in
      done(before: before, definition).union(before.expiry == .late ? [before.id] : [])
    }
    switch step.join {
    case .all: return ways.reduce([]) { $0.union($1) }
    case .any: return ways.dropFirst().reduce(ways.first ?? []) { $0.intersection($1) }
    case .ended: return []
    }
  }

  // MARK: Choices

  private func choices(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    (definition.choice?.options ?? []).filter { option in !definition.steps.contains { $0.choice == option.name } }
      .map { option in
        ProcedureFinding(
          .unusedChoice, at: nil,
          Sentence("no step belongs to the choice ‘\(option.name)’", "không bước nào thuộc lựa chọn ‘\(option.name)’"),
          remedy: Sentence(
            "name it as ‘choice’ of a step, or leave it out", "hãy nêu làm ‘choice’ của một bước, hoặc bỏ đi"))
      }
  }

  // MARK: Acceptance

  private func acceptances(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    guard definition.isAcceptedAtOnce else { return [] }
    return definition.steps.filter(\.accepts).map { step in
      ProcedureFinding(
        .acceptedTwice, at: step.id,
        Sentence(
          "the dossier is accepted as soon as the procedure begins",
          "hồ sơ đã được tiếp nhận ngay khi quy trình bắt đầu"),
        remedy: Sentence(
          "leave out ‘accepts’ here, or ‘acceptedAtOnce’", "hãy bỏ ‘accepts’ ở đây, hoặc bỏ ‘acceptedAtOnce’"))
    }
  }

  // MARK: The end

  private func ends(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    var findings = definition.steps.filter(\.isToldTheEnd).filter { step in
      definition.ancestors(of: step.id).count == definition.steps.count - 1
    }.map { step in
      ProcedureFinding(
        .knowsTheEnd, at: step.id,
        Sentence(
          "the procedure ends with it, so that its agency has nothing to be told",
          "quy trình kết thúc ở bước này nên không có gì để báo cho cơ quan của bước"),
        remedy: Sentence("leave out ‘toldTheEnd’ here", "hãy bỏ ‘toldTheEnd’ ở đây"))
    }
    findings += definition.steps.filter(\.handsOver).compactMap { step in
      let isHandled = definition.steps.filter { !$0.takesResult }
        .allSatisfy { !definition.ancestors(of: $0.id).contains(step.id) }
      guard step.exchange == .none, isHandled else {
        return ProcedureFinding(
          .notTheReturn, at: step.id,
          Sentence(
            "a step that hands the result over has no ‘exchange’ and stands before no other step",
            "bước trao kết quả không có ‘exchange’ và không đứng trước bước nào khác"),
          remedy: Sentence("leave out ‘handsOver’ here", "hãy bỏ ‘handsOver’ ở đây"))
      }
      return nil
    }
    return findings
  }

  // MARK: Levels

  private func levels(_ definition: ProcedureDefinition) -> [ProcedureFinding] {
    guard definition.level < .complete else { return [] }
    return definition.steps.filter { $0.exchange != .none }.map { step in
      ProcedureFinding(
        .beyondLevel, at: step.id,
        Sentence(
          "a service of level \(definition.level.rawValue) has no ‘exchange: \(step.exchange.rawValue)’",
          "dịch vụ mức \(definition.level.rawValue) không có ‘exchange: \(step.exchange.rawValue)’"),
        remedy: Sentence("say ‘level: 4’, or leave the step out", "hãy viết ‘level: 4’, hoặc bỏ bước này"))
    }
  }

  // MARK: Agencies

  private func agencies(_ step: StepDefinition) -> [ProcedureFinding] {
    guard let abilities else { return [] }
    return step.agency.parties.sorted().flatMap { party -> [ProcedureFinding] in
      guard let ability = abilities(party) else {
        return [
          ProcedureFinding(
            .unknownParty, at: step.id, Sentence("the site has no party ‘\(party)’", "trục không có bên ‘\(party)’"),
            remedy: Sentence("add its file, or correct the name", "hãy thêm tệp của bên đó, hoặc sửa tên"))
        ]
      }
      var findings: [ProcedureFinding] = []
      // A payment may be begun by whoever has the citizen before it.
      if !ability.takesDossiers, step.exchange != .payment {
        findings.append(
          ProcedureFinding(
            .noMapping, at: step.id,
            Sentence("no mapping writes dossiers for ‘\(party)’", "không bản ánh xạ nào ghi hồ sơ cho ‘\(party)’"),
            remedy: Sentence(
              "give its profile a message of the kind dossier with ‘fromCanonical’",
              "hãy thêm vào hồ sơ đối tác của bên đó một bản tin loại dossier có ‘fromCanonical’")))
      }
      if !ability.takesDossiers, step.exchange == .payment, step.isToldTheEnd {
        findings.append(
          ProcedureFinding(
            .noMapping, at: step.id,
            Sentence(
              "no mapping writes for ‘\(party)’ that the procedure has ended",
              "không bản ánh xạ nào báo cho ‘\(party)’ rằng quy trình đã kết thúc"),
            remedy: Sentence(
              "give its profile a message with ‘fromCanonical’, or leave out ‘toldTheEnd’",
              "hãy thêm vào hồ sơ đối tác của bên đó một bản tin có ‘fromCanonical’, hoặc bỏ ‘toldTheEnd’")))
      }
      if !ability.tellsProgress, step.expiry == .late {
        findings.append(
          ProcedureFinding(
            .neverEnds, at: step.id,
            Sentence("‘\(party)’ cannot tell that it is done", "‘\(party)’ không thể báo rằng đã làm xong"),
            remedy: Sentence(
              "let it send or be asked for progress, or say what its silence means by ‘onExpiry’",
              "hãy cho bên đó gửi hoặc được hỏi tiến độ, hoặc nói im lặng nghĩa là gì bằng ‘onExpiry’")))
      }
      return findings
    }
  }
}
