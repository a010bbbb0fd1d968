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
        row.note("this service stands in two rows", key: "procedure", remedy: "leave it in one of them")
        continue
      }
      services.append(service)
    }
    if services.isEmpty {
      section.note("a catalogue without services", key: "services", remedy: "write them, a row each")
    }
    self.init(services)
  }
}
