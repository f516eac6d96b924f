using Tidegate.Core.Ports;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>A prompt to a model, over the gateway: its targets, fallbacks and budgets are part of the question.</summary>
/// <param name="gateway">Asks models; null in a process without a gateway.</param>
internal sealed class ModelProbe(IModelAsking? gateway) : IProbe
{
    public ProbeIndicatorType Type => ProbeIndicatorType.Model;

    public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
    {
        if (gateway is null) return "this process has no gateway";
        var said = await gateway.AskAsync(config.Target, config.Prompt, config.MaxTokens, cancel);
        if (said.Problem is not null) return said.Problem;
        return config.Expect.Contains is { } part && !said.Text.Contains(part, StringComparison.Ordinal) ? $"the answer does not hold \"{part}\"" : null;
    }
}
