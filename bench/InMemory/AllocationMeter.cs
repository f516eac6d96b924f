namespace Tidegate.Benchmarks.InMemory;

/// <summary>Bytes allocated per call, exact and repeatable: the smallest of several batches after the code has been compiled for good.</summary>
internal static class AllocationMeter
{
    private const int Batch = 500;

    /// <summary>Bytes per call of a scenario.</summary>
    public static double Measure(MemoryGateway gateway, Scenario scenario)
    {
        Check(gateway, scenario);
        WarmUp(gateway);
        var best = double.MaxValue;
        for (var i = 0; i < 6; i++) best = Math.Min(best, Run(gateway));
        Check(gateway, scenario);
        return best;
    }

    /// <summary>Calls until the code is compiled for good: tiers come by calls and by time, and the last one's escape analysis changes the figure.</summary>
    public static void WarmUp(MemoryGateway gateway)
    {
        for (var i = 0; i < 4; i++)
        {
            Run(gateway);
            Thread.Sleep(150);
        }
    }

    private static double Run(MemoryGateway gateway)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batch; i++) gateway.Call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Batch;
    }

    private static void Check(MemoryGateway gateway, Scenario scenario)
    {
        if (scenario.Outcome == Core.Calls.CallOutcome.RateLimited) gateway.Call(); // uses up what the limit allows
        var status = gateway.Call();
        var outcome = gateway.Sink.Record!.Outcome;
        if (status != scenario.Status || outcome != scenario.Outcome)
            throw new InvalidOperationException($"{scenario.Name}: expected {scenario.Status} {scenario.Outcome}, got {status} {outcome} ({gateway.Sink.Record.Error}).");
    }
}
