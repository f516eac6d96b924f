using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Counting;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A gateway whose calls are counted for indicators, as in a node.</summary>
internal static class CountingSetup
{
    /// <summary>Edges with a counter that counts by these.</summary>
    public static (TestGateway.Setup Setup, CallCounter Counter) Of(params GatewayIndicatorConfig[] indicators)
    {
        var counter = new CallCounter();
        counter.Use([.. indicators.Select(CallIndicator.Of)], ConfigDocument.Empty);
        return (new TestGateway.Setup { Services = s => s.AddSingleton<ICallCounter>(counter) }, counter);
    }

    /// <summary>What was counted for a measure since it was asked last.</summary>
    public static Tally Take(this CallCounter counter, GatewayMeasure measure, string? threshold = null)
    {
        var sum = Tally.None;
        foreach (var cell in counter.Cells.Where(c => c.Indicator.Measure == measure && c.Indicator.Config.Threshold == threshold)) sum += cell.Drain(new());
        return sum;
    }
}
