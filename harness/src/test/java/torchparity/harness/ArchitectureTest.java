package torchparity.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions in which packages may know each other. */
@AnalyzeClasses(packages = "torchparity", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule casesKnowNobody =
      noClasses()
          .that()
          .resideInAPackage("torchparity.cases..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("torchparity.engine..", "torchparity.harness..");

  @ArchTest
  static final ArchRule engineDoesNotKnowTheHarness =
      noClasses()
          .that()
          .resideInAPackage("torchparity.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("torchparity.harness..");

  @ArchTest
  static final ArchRule onlyTheFacadeKnowsBytedeco =
      noClasses()
          .that()
          .resideOutsideOfPackage("torchparity.engine.tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule theProtocolKnowsNoTensor =
      noClasses()
          .that()
          .resideInAPackage("torchparity.engine.plugin.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("torchparity.cases..", "torchparity.engine.tensor..");

  @ArchTest
  static final ArchRule theHarnessReachesTheEngineInOnePackage =
      noClasses()
          .that()
          .resideInAPackage("torchparity.harness..")
          .and()
          .resideOutsideOfPackage("torchparity.harness.run..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("torchparity.engine..");

  /** Where they are watched, so that they end with us. */
  @ArchTest
  static final ArchRule processesAreStartedInOnePackage =
      noClasses()
          .that()
          .resideInAPackage("torchparity.harness..")
          .and()
          .resideOutsideOfPackage("torchparity.harness.run..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule comparisonStandsAlone =
      classes()
          .that()
          .resideInAPackage("torchparity.harness.comparison..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "torchparity.cases..",
              "torchparity.harness.comparison..");

  @ArchTest
  static final ArchRule theFlowHasOneDirection =
      noClasses()
          .that()
          .resideInAnyPackage(
              "torchparity.harness.port..",
              "torchparity.harness.run..",
              "torchparity.harness.verdict..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("torchparity.harness.report..", "torchparity.harness.cli..");

  @ArchTest
  static final ArchRule theFlowDoesNotKnowTheMutants =
      noClasses()
          .that()
          .resideInAPackage("torchparity.harness..")
          .and()
          .resideOutsideOfPackages("torchparity.harness.mutants..", "torchparity.harness.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("torchparity.harness.mutants..");
}
