import DocumentKit
package import ServiceKit

// A catalogue as its file says it:
//
//     services:
//       - { procedure: "1.009994", agency: Sở Xây dựng, office: province, level: 3, from: 2017-03-01 }

extension ServiceCatalogue {
  /// Reads a whole file. What is wrong is noted and left out.
  package init(reading section: ConfigurationSection) {
    var services: [PublicService] = []
    var seen: Set<PublicService> = []
    for row in section.sections("services") {
      let service = PublicService(
        row.string("procedure"), agency: row.string("agency"),
        office: row.choice("office"),
        level: row.integer("level", in: PublicService.levels), from: row.day("from"))
      guard seen.insert(service).inserted else {
        row.note(
          Sentence("this service stands in two rows", "dịch vụ này có ở hai dòng"), key: "procedure",
          remedy: Sentence("leave it in one of them", "hãy để lại ở một dòng"))
        continue
      }
      services.append(service)
    }
    if services.isEmpty {
      section.note(
        Sentence("a catalogue without services", "danh sách không có dịch vụ nào"), key: "services",
        remedy: Sentence("write them, a row each", "hãy viết mỗi dịch vụ một dòng"))
    }
    self.init(services)
  }
}
