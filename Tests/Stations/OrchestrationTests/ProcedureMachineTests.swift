import DossierModel
import Orchestration
import ServiceKit
import Testing

@Suite("A procedure of several agencies")
struct ProcedureMachineTests {
  private static let birth = """
      khai-sinh: { title: Khai sinh, agency: ho-tich, results: { soDinhDanh: "string(so)" }, supplements: [7 workingDays],
                   time: { term: 0 workingDays, cutOff: "15:00" } }
      thuong-tru: { title: Thường trú, agency: cong-an, after: [khai-sinh], needs: [soDinhDanh], returnsTo: [khai-sinh] }
      bhyt: { title: BHYT, agency: bhxh, after: [khai-sinh], needs: [soDinhDanh], onRefusal: branch, time: { term: 2 workingDays } }
    """

  private func birth(without: Set<StepID> = []) throws -> Conducted {
    try Conducted(Procedures.definition(Self.birth, time: "{ term: 5 workingDays }"), without: without)
  }

  private static let number = ["soDinhDanh": "so-thu"]

  @Test("begins with the first step; what needs its result follows at once and in parallel, and the end is told once")
  func serialThenParallel() throws {
    var one = try birth()
    #expect(one.instructions == [.send("khai-sinh", round: 1, .first)])
    #expect(one.states == [.active, .waiting, .waiting])
    #expect(
      try one.take(.answered("khai-sinh", .done(results: Self.number)), at: "16 11:00") == [
        .send("thuong-tru", round: 1, .first), .send("bhyt", round: 1, .first),
      ])
    #expect(try one.take(.answered("bhyt", .done(results: [:])), at: "17 09:00") == [])
    #expect(
      try one.take(.answered("thuong-tru", .done(results: [:])), at: "18 09:00") == [.inform(.ended(.completed))])
    #expect(one.instance.outcome == .completed && one.instance.nextTimer == nil)
  }

  @Test("an answer that comes twice does nothing the second time, and says so")
  func twice() throws {
    var one = try birth()
    try one.take(.answered("khai-sinh", .done(results: Self.number)), at: "16 11:00")
    let before = one.instance
    #expect(
      try one.take(.answered("khai-sinh", .done(results: ["soDinhDanh": "so-khac"])), at: "16 11:01") == [
        .alarm(.unexpected("khai-sinh", .done))
      ])
    #expect(one.instance == before)
    try one.take(.withdrawn, at: "16 12:00")
    #expect(try one.take(.withdrawn, at: "16 12:01") == [.alarm(.afterTheEnd)])
    #expect(try one.take(.clock, at: "20 12:01") == [])
  }

  @Test("a step that was not chosen holds up nobody, and those behind it wait for what stands before it")
  func choice() throws {
    var one = try birth(without: ["bhyt"])
    try one.take(.answered("khai-sinh", .done(results: Self.number)), at: "16 11:00")
    #expect(one.states == [.done, .active, .skipped])
    var chain = try Conducted(
      Procedures.definition(
        """
          mot: { title: Một, agency: a }
          hai: { title: Hai, agency: b, after: [mot] }
          ba: { title: Ba, agency: c, after: [hai] }
        """), without: ["hai"])
    #expect(chain.states == [.active, .skipped, .waiting])
    #expect(try chain.take(.answered("mot", .done(results: [:])), at: "16 10:00") == [.send("ba", round: 1, .first)])
  }

  @Test("without the result that a step needs, or a party to carry it out, it is blocked until there is one")
  func blocked() throws {
    var one = try birth(without: ["bhyt"])
    #expect(
      try one.take(.answered("khai-sinh", .done(results: ["soDinhDanh": ""])), at: "16 11:00") == [
        .alarm(.resultMissing("khai-sinh", "soDinhDanh")), .alarm(.blocked("thuong-tru", missing: ["soDinhDanh"])),
      ])
    #expect(one.states == [.done, .blocked, .skipped] && one.instance.outcome == nil)

    let definition = try Procedures.definition("  mot: { title: Một, agency: a }\n")
    let clock = try #require(ProcedureClock(definition, calendars: Procedures.calendars()))
    let machine = ProcedureMachine(definition, clock: clock)
    let monday = try Procedures.moment("16 09:00")
    var (instance, first) = machine.begin(ProcedureFacts(applies: ["mot"], agencies: [:]), at: monday)
    #expect(first == [.alarm(.withoutAgency("mot"))])
    #expect(machine.advance(&instance, .assigned("mot", "x"), at: monday) == [.send("mot", round: 1, .first)])
    #expect(instance["mot"].agency == "x")
    #expect(machine.advance(&instance, .assigned("mot", "y"), at: monday) == [.alarm(.unexpected("mot", .active))])
  }

  @Test("a supplement stops the clock of the step and of the whole, and is sent on when it comes, as the next round")
  func supplement() throws {
    var one = try birth()
    #expect(Procedures.text(one.instance.dueAt) == "23 17:00")
    #expect(
      try one.take(.answered("khai-sinh", .supplementRequested), at: "16 10:00") == [
        .inform(.supplementRequested("khai-sinh", until: try Procedures.moment("26 17:00")))
      ])
    #expect(one.states[0] == .supplementing && one.instance.dueAt == nil && one.instance["khai-sinh"].dueAt == nil)
    #expect(try one.take(.supplemented, at: "18 10:00") == [.send("khai-sinh", round: 2, .supplemented)])
    // Two working days more; 24 November is a day off.
    #expect(
      Procedures.text(one.instance.dueAt) == "26 17:00"
        && Procedures.text(one.instance["khai-sinh"].dueAt) == "18 17:00")
    // The rule allows one; the second is asked for all the same, and somebody is told.
    let second = try one.take(.answered("khai-sinh", .supplementRequested), at: "18 11:00")
    #expect(second.contains(.alarm(.tooManySupplements("khai-sinh"))) && one.states[0] == .supplementing)
    #expect(
      try one.take(.answered("khai-sinh", .supplementRequested), at: "18 11:05") == [
        .alarm(.unexpected("khai-sinh", .supplementing))
      ])
  }

  @Test("a supplement that does not come is a refusal when its time is over")
  func lapsed() throws {
    var one = try birth()
    try one.take(.answered("khai-sinh", .supplementRequested), at: "16 10:00")
    #expect(one.instance.nextTimer == (try Procedures.moment("26 17:00")))
    #expect(try one.take(.clock, at: "26 16:59") == [])
    #expect(
      try one.take(.clock, at: "26 17:00") == [
        .inform(.supplementLapsed("khai-sinh")), .inform(.refused("khai-sinh")), .inform(.ended(.refused("khai-sinh"))),
      ])
    #expect(one.states == [.refused, .abandoned, .abandoned])
  }

  @Test("a payment stops the clock; the agency is told when it is paid")
  func payment() throws {
    var one = try Conducted(
      Procedures.definition("  dat: { title: Đất, agency: a, time: { term: 3 workingDays } }\n"))
    #expect(try one.take(.answered("dat", .paymentRequested), at: "17 09:00") == [.inform(.paymentRequested("dat"))])
    #expect(one.states == [.paying] && one.instance["dat"].dueAt == nil)
    #expect(try one.take(.paid, at: "19 09:00") == [.tell("dat", .paid)])
    #expect(one.states == [.active] && Procedures.text(one.instance["dat"].dueAt) == "23 17:00")
    #expect(try one.take(.paid, at: "19 09:01") == [])
  }

  @Test("the clock of the whole stands while only a step outside its time is worked on")
  func outsideTheTime() throws {
    var one = try Conducted(
      Procedures.definition(
        """
          tham-dinh: { title: Thẩm định, agency: a }
          thue: { title: Thuế, agency: b, after: [tham-dinh], inProcedureTime: false }
          in-giay: { title: In giấy, agency: c, after: [thue] }
        """, time: "{ term: 5 workingDays }"))
    try one.take(.answered("tham-dinh", .done(results: [:])), at: "17 09:00")
    #expect(one.instance.dueAt == nil)
    try one.take(.answered("thue", .done(results: [:])), at: "20 09:00")
    // 23 November, and the three working days of the tax office.
    #expect(Procedures.text(one.instance.dueAt) == "27 17:00")
  }

  @Test("a refusal in the middle rolls nothing back: who has the dossier is told, who is done where it wants to know")
  func refusal() throws {
    var one = try Conducted(
      Procedures.definition(
        """
          mot: { title: Một, agency: a, compensated: true }
          hai: { title: Hai, agency: b }
          ba: { title: Ba, agency: c }
          bon: { title: Bốn, agency: d }
          nam: { title: Năm, agency: e, after: [ba] }
        """))
    try one.take(.answered("mot", .done(results: [:])), at: "16 10:00")
    try one.take(.answered("bon", .done(results: [:])), at: "16 10:00")
    #expect(
      try one.take(.answered("hai", .refused), at: "16 11:00") == [
        .inform(.refused("hai")), .tell("mot", .stopped), .tell("ba", .stopped), .inform(.ended(.refused("hai"))),
      ])
    #expect(one.states == [.done, .refused, .abandoned, .done, .abandoned])
    #expect(try one.take(.answered("ba", .done(results: [:])), at: "16 12:00") == [.alarm(.afterTheEnd)])
  }

  @Test(
    "at the end those who want to know it are told, each agency once, as far as they were done; otherwise nobody is")
  func toldTheEnd() throws {
    let text = """
        mot: { title: Một, agency: a, toldTheEnd: true }
        hai: { title: Hai, agency: b, after: [mot], toldTheEnd: true, onRefusal: branch }
        ba: { title: Ba, agency: c, after: [mot] }
      """
    var one = try Conducted(Procedures.definition(text))
    try one.take(.answered("mot", .done(results: [:])), at: "16 10:00")
    try one.take(.answered("hai", .refused), at: "16 11:00")
    #expect(
      try one.take(.answered("ba", .done(results: [:])), at: "16 12:00") == [
        .tell("mot", .completed), .inform(.ended(.partlyCompleted)),
      ])
    var stopped = try Conducted(Procedures.definition(text))
    try stopped.take(.answered("mot", .done(results: [:])), at: "16 10:00")
    #expect(
      try stopped.take(.answered("ba", .refused), at: "16 11:00") == [
        .inform(.refused("ba")), .tell("hai", .stopped), .inform(.ended(.refused("ba"))),
      ])
  }

  @Test("who hands the result over ends a dossier that is handled: it is told as such when nothing else is left")
  func handsOver() throws {
    var one = try Conducted(
      Procedures.definition(
        """
          mot: { title: Một, agency: a, toldTheEnd: true }
          hai: { title: Hai, agency: b }
          tra: { title: Trả, agency: c, after: [mot, hai], join: any, handsOver: true }
        """))
    #expect(
      try one.take(.answered("mot", .done(results: [:])), at: "16 10:00") == [.send("tra", round: 1, .first)],
      "another is still at work")
    var other = try Conducted(
      Procedures.definition(
        """
          mot: { title: Một, agency: a, toldTheEnd: true }
          tra: { title: Trả, agency: c, after: [mot], handsOver: true }
        """))
    #expect(
      try other.take(.answered("mot", .done(results: [:])), at: "16 10:00") == [
        .send("tra", round: 1, .first), .inform(.onItsWay("tra")),
      ])
    #expect(
      try other.take(.answered("tra", .done(results: [:])), at: "16 11:00") == [
        .tell("mot", .returned), .inform(.ended(.completed)),
      ])
  }

  @Test("a refusal of a branch leaves the others alone, and the end says that not all was done")
  func branch() throws {
    var one = try birth()
    try one.take(.answered("khai-sinh", .done(results: Self.number)), at: "16 11:00")
    #expect(try one.take(.answered("bhyt", .refused), at: "17 09:00") == [.inform(.refused("bhyt"))])
    #expect(
      try one.take(.answered("thuong-tru", .done(results: [:])), at: "18 09:00") == [.inform(.ended(.partlyCompleted))])
  }

  @Test("a dossier that is given back is carried out again from there, and what stands between as well")
  func givenBack() throws {
    var one = try Conducted(
      Procedures.definition(
        """
          mot: { title: Một, agency: a, results: { so: "string(so)" } }
          hai: { title: Hai, agency: b, after: [mot] }
          ba: { title: Ba, agency: c, after: [hai], returnsTo: [mot], needs: [so] }
          ben: { title: Bên, agency: d, after: [mot] }
        """))
    try one.take(.answered("mot", .done(results: ["so": "1"])), at: "16 10:00")
    try one.take(.answered("hai", .done(results: [:])), at: "16 11:00")
    #expect(
      try one.take(.answered("ba", .returned(to: "mot")), at: "16 12:00") == [
        .inform(.givenBack("ba", to: "mot")), .send("mot", round: 2, .givenBack),
      ])
    #expect(one.states == [.active, .waiting, .waiting, .active] && one.instance.results.isEmpty)
    #expect(
      try one.take(.answered("mot", .done(results: ["so": "2"])), at: "16 13:00") == [
        .send("hai", round: 2, .givenBack)
      ])
    #expect(try one.take(.answered("hai", .done(results: [:])), at: "16 14:00") == [.send("ba", round: 2, .givenBack)])
    #expect(one.instance.results == ["so": "2"])
    #expect(try one.take(.answered("ba", .returned(to: "hai")), at: "16 15:00") == [.alarm(.unexpected("ba", .active))])
  }

  @Test(
    "silence is consent, or goes without an opinion, or is lateness, as the step says; a late answer changes nothing")
  func silence() throws {
    var one = try Conducted(
      Procedures.definition(
        """
          pccc: { title: PCCC, agency: a, time: { term: 2 workingDays }, onExpiry: consent }
          moi-truong: { title: Môi trường, agency: b, time: { term: 2 workingDays }, onExpiry: pass }
          khac: { title: Khác, agency: c, time: { term: 2 workingDays, warningHours: 8 } }
          cap-phep: { title: Cấp phép, agency: d, after: [pccc, moi-truong, khac], join: ended }
        """))
    #expect(one.instance.nextTimer == (try Procedures.moment("18 07:30")), "the warning: eight hours before")
    #expect(try one.take(.clock, at: "18 07:31") == [.alarm(.dueSoon("khac"))])
    #expect(try one.take(.clock, at: "18 17:00") == [.alarm(.late("khac", .transport))])
    #expect(one.states == [.consented, .passed, .active, .waiting])
    #expect(try one.take(.clock, at: "19 17:00") == [])
    #expect(
      try one.take(.answered("pccc", .refused), at: "19 17:01") == [.alarm(.unexpected("pccc", .consented))])
    #expect(
      try one.take(.answered("khac", .done(results: [:])), at: "20 09:00") == [.send("cap-phep", round: 1, .first)])
  }

  @Test("a step behind any of several begins with the first that is done, and is given up when none was")
  func anyOf() throws {
    let text = """
        mot: { title: Một, agency: a, onRefusal: branch }
        hai: { title: Hai, agency: b, onRefusal: branch }
        ba: { title: Ba, agency: c, after: [mot, hai], join: any }
      """
    var one = try Conducted(Procedures.definition(text))
    try one.take(.answered("mot", .refused), at: "16 10:00")
    #expect(try one.take(.answered("hai", .done(results: [:])), at: "16 10:00") == [.send("ba", round: 1, .first)])
    var other = try Conducted(Procedures.definition(text))
    try other.take(.answered("mot", .refused), at: "16 10:00")
    #expect(
      try other.take(.answered("hai", .refused), at: "16 10:00") == [
        .inform(.refused("hai")), .inform(.ended(.partlyCompleted)),
      ])
    #expect(other.states == [.refused, .refused, .abandoned])
  }

  @Test("can be withdrawn at every stage, and whoever has the dossier is told", arguments: 0..<4)
  func withdrawn(stage: Int) throws {
    var one = try birth()
    if stage == 1 { try one.take(.answered("khai-sinh", .supplementRequested), at: "16 10:00") }
    if stage == 2 { try one.take(.answered("khai-sinh", .paymentRequested), at: "16 10:00") }
    if stage == 3 { try one.take(.answered("khai-sinh", .done(results: Self.number)), at: "16 10:00") }
    let holders: [StepID] = stage == 3 ? ["thuong-tru", "bhyt"] : ["khai-sinh"]
    #expect(
      try one.take(.withdrawn, at: "16 11:00") == holders.map { .tell($0, .withdrawn) } + [.inform(.ended(.withdrawn))])
    #expect(one.states.allSatisfy(\.isEnd) && one.instance.outcome == .withdrawn)
  }

  @Test("tells transport from the time of the agency: an answer proves that the message has come")
  func transport() throws {
    var one = try birth()
    try one.take(.delivered("khai-sinh", round: 2), at: "16 09:01")
    #expect(one.instance["khai-sinh"].deliveredAt == nil, "another round")
    try one.take(.delivered("khai-sinh", round: 1), at: "16 09:02")
    try one.take(.delivered("khai-sinh", round: 1), at: "16 09:03")
    #expect(Procedures.text(one.instance["khai-sinh"].deliveredAt) == "16 09:02")
    try one.take(.answered("khai-sinh", .done(results: Self.number)), at: "16 11:00")
    #expect(Procedures.text(one.instance["khai-sinh"].endedAt) == "16 11:00")
    try one.take(.answered("bhyt", .taken), at: "16 12:00")
    #expect(Procedures.text(one.instance["bhyt"].deliveredAt) == "16 12:00" && one.states[2] == .active)
  }
}
