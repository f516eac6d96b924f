using BenchmarkDotNet.Attributes;
using Tidegate.Benchmarks.InMemory;

namespace Tidegate.Benchmarks;

/// <summary>A whole call of every scenario: what the gateway itself costs, the price of a feature being the difference to the line above.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class CallBenchmarks : IDisposable
{
    private MemoryGateway? _door;

    /// <summary>Names of all scenarios.</summary>
    public static IEnumerable<string> Names => Scenario.All.Select(s => s.Name);

    /// <summary>Scenario measured.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    /// <summary>Opens the door.</summary>
    [GlobalSetup]
    public void Open() => _door = new MemoryGateway(Scenario.All.Single(s => s.Name == Name));

    /// <summary>Closes it.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _door?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One call.</summary>
    [Benchmark]
    public int Call() => _door!.Call();
}
