using System.Diagnostics;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>
/// Nanoseconds of one call of several scenarios, side by side: short batches in turn, so that what else runs on the machine meets all of them alike. The
/// smallest batch is what the code needs; the median what it got.
/// </summary>
internal static class CpuMeter
{
    private const int Batch = 400;

    /// <summary>Smallest and median nanoseconds per call of each gateway.</summary>
    public static (double Least, double Median)[] Measure(IReadOnlyList<MemoryGateway> gateways, int rounds)
    {
        foreach (var gateway in gateways) AllocationMeter.WarmUp(gateway);
        var times = gateways.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < gateways.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var call = 0; call < Batch; call++) gateways[i].Call();
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch;
            }
        }

        foreach (var time in times) Array.Sort(time);
        return [.. times.Select(t => (t[0], t[rounds / 2]))];
    }
}
