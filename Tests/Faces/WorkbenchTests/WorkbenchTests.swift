import Testing
import Translation
import Workbench

@Suite("The workbench")
struct WorkbenchTests {
  @Test("names every mistake of a folder of mappings that cannot be loaded")
  func loadsWhole() {
    #expect(throws: MappingErrors.self) { try Workbench(schemas: "/nowhere", mappings: "/nowhere") }
  }
}
