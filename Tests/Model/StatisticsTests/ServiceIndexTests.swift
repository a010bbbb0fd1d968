import DossierModel
import ServiceKit
import Statistics
import Testing

@Suite("The ratios of QĐ 766")
struct ServiceIndexTests {
  @Test("each is the part of those it is about, counted by hand over ten dossiers")
  func ratios() throws {
    var index = ServiceIndex(try Cases.november())
    for number in 0..<10 {
      // Four late, received on the 2nd and due on the 10th.
      var one = try Cases.one(due: "10", (.completed, number < 4 ? "12" : "06"))
      one.isSynchronised = number != 9
      one.channel = number < 6 ? .online : nil
      let marks: [(ServiceMarks, Bool)] = [
        (.electronicResult, number < 5), (.fee, number < 8), (.paidOnline, number < 3 || number == 9),
        (.digitised, number < 8), (.reusedPapers, number < 7), (.verifiedAccount, true),
      ]
      one.marks = ServiceMarks(marks.filter(\.1).map(\.0))
      index.add(one)
    }
    var earlier = try Cases.one((.completed, "06"))
    earlier.receivedAt = try Timestamp(rfc3339: "2026-10-31T23:59:59+07:00")
    index.add(earlier)
    let expected: [(ServiceIndex.Ratio, Share, Bool?)] = [
      (.synchronised, Share(9, of: 10), nil), (.inTime, Share(6, of: 10), nil), (.online, Share(5, of: 10), true),
      // Of those with a fee; who has none and is marked as paid online is not among them.
      (.paidOnline, Share(3, of: 8), nil), (.digitised, Share(8, of: 10), true),
      (.electronicResult, Share(5, of: 10), false),
      (.reusedPapers, Share(7, of: 10), false), (.verifiedAccount, Share(10, of: 10), true),
      (.usedDatabases, Share(0, of: 10), false),
    ]
    #expect(expected.count == ServiceIndex.Ratio.allCases.count)
    for (ratio, share, isFull) in expected {
      #expect(index[ratio] == share && index.reachesFullMark(ratio) == isFull, "\(ratio.rawValue): \(index[ratio])")
    }
    // Four times ten days and six times four.
    #expect(index.averageTime == .seconds(86_400 * 64 / 10))
    #expect(ServiceIndex(try Cases.november()).averageTime == nil)
  }

  @Test("a share is rounded half up, exactly, in Vietnamese style")
  func shares() {
    #expect(Share(1, of: 8).percent(decimals: 1) == "12,5 %" && Share(1, of: 8).percent(decimals: 0) == "13 %")
    #expect(Share(2, of: 3).percent() == "66,67 %" && Share(1, of: 1_000).percent(decimals: 1) == "0,1 %")
    #expect(Share(0, of: 0).percent() == nil && Share(0, of: 5).percent(decimals: 0) == "0 %")
    #expect(
      Share(1, of: 200).percent(decimals: 1) == "0,5 %" && Share(1_001, of: 1_000).percent(decimals: 1) == "100,1 %")
    #expect(Share(1, of: 1_600).prints("0,06 %") && !Share(1, of: 1_600).prints("0,07 %"))
  }
}
