using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Tidegate.Benchmarks.InMemory;
using Tidegate.Gateway;

namespace Tidegate.Tests.Benchmarks;

/// <summary>What a call may allocate, by <c>bench/budgets.json</c>. The figures and how to change them: <c>bench/README.md</c>.</summary>
public sealed class AllocationBudgetTests
{
    /// <summary>Share above a budget that still passes: differences between runtimes, not room to grow into.</summary>
    private const double Tolerance = 0.10;

    private static readonly Dictionary<string, double> Budgets = Read();

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name)];

    [Fact]
    public void Budgets_AndScenarios_AreTheSameList() =>
        Assert.Equal(Scenario.All.Select(s => s.Name).Order(StringComparer.Ordinal), Budgets.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Call_OfAScenario_AllocatesNoMoreThanItsBudget(string name)
    {
        Assert.SkipUnless(IsOptimized, "Only optimized code has meaningful figures: build with -c Release, as ./test does.");
        var scenario = Scenario.All.Single(s => s.Name == name);
        var limit = Budgets[name] * (1 + Tolerance);
        using var gateway = new MemoryGateway(scenario);

        // The last tier of the compiler may come late on a busy machine: what counts is what the code settles at.
        var bytes = double.MaxValue;
        for (var i = 0; i < 5 && bytes > limit; i++) bytes = Math.Min(bytes, AllocationMeter.Measure(gateway, scenario));

        Assert.True(bytes <= limit, $"{name}: {bytes:0} bytes per call, {Budgets[name]:0} allowed (+{Tolerance:P0}). Find what allocates, or change bench/budgets.json and say why.");
    }

    private static bool IsOptimized => typeof(GatewayOptions).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static Dictionary<string, double> Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return json.RootElement.GetProperty("bytesPerCall").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble(), StringComparer.Ordinal);
    }
}
