using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.v3;

namespace Tidegate.Tests.Architecture;

/// <summary>Every line of the semantics of calls (§1), of model calls (§2) and of objectives (§3) has a test named after it: <c>Semantics2_4_...</c> for line 2.4.</summary>
public sealed partial class SemanticsTests
{
    private const string ModelNamespace = "Tidegate.Tests.Gateway.Models";

    private static readonly List<(string Line, MethodInfo Method)> Named =
    [
        .. typeof(SemanticsTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute is IFactAttribute))
            .Select(method => (Line: NameOfALine().Match(method.Name), Method: method))
            .Where(test => test.Line.Success)
            .Select(test => ($"{test.Line.Groups[1].Value}.{test.Line.Groups[2].Value}", test.Method)),
    ];

    public static TheoryData<string> Calls => [.. Enumerable.Range(1, 8).Select(line => $"1.{line}")];

    public static TheoryData<string> ModelCalls => [.. Enumerable.Range(1, 12).Select(line => $"2.{line}")];

    public static TheoryData<string> Objectives => [.. Enumerable.Range(1, 9).Select(line => $"3.{line}")];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Line_OfCalls_HasATestOnHttpRoutes(string line) => Assert.Contains(Named, test => test.Line == line && !IsOfModels(test.Method));

    [Theory]
    [MemberData(nameof(Calls))]
    public void Line_OfCalls_HasATestOnModelRoutes(string line) => Assert.Contains(Named, test => test.Line == line && IsOfModels(test.Method));

    [Theory]
    [MemberData(nameof(ModelCalls))]
    public void Line_OfModelCalls_HasATest(string line) => Assert.Contains(Named, test => test.Line == line && IsOfModels(test.Method));

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Line_OfObjectives_HasATest(string line) => Assert.Contains(Named, test => test.Line == line);

    [Fact]
    public void Names_AreOfLinesThatThereAre()
    {
        var lines = Calls.Concat(ModelCalls).Concat(Objectives).Select(row => row.Data).ToHashSet(StringComparer.Ordinal);

        Assert.True(Named.Count > 100, $"only {Named.Count} tests are named after a line");
        Assert.All(Named, test => Assert.True(lines.Contains(test.Line), $"{test.Method.DeclaringType}.{test.Method.Name}: there is no line {test.Line}"));
    }

    private static bool IsOfModels(MethodInfo method) => method.DeclaringType!.Namespace!.StartsWith(ModelNamespace, StringComparison.Ordinal);

    [GeneratedRegex("^Semantics([0-9]+)_([0-9]+)[a-z]?_")]
    private static partial Regex NameOfALine();
}
