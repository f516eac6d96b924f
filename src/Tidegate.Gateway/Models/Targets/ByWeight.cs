using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>At random, by weight; those without weight come last, as written.</summary>
internal sealed class ByWeight : ITargetStrategy
{
    /// <inheritdoc/>
    public void Order(Span<TargetModel> targets, ModelCall model, IRandomSource random, long now)
    {
        for (var from = 0; from < targets.Length - 1; from++)
        {
            var sum = 0L;
            foreach (var target in targets[from..]) sum += target.Config.Weight;
            if (sum == 0) return;
            var draw = random.NextDouble() * sum;
            var at = from;
            while (at < targets.Length - 1 && (draw -= targets[at].Config.Weight) >= 0) at++;
            var chosen = targets[at];
            targets[from..at].CopyTo(targets[(from + 1)..]);
            targets[from] = chosen;
        }
    }
}
