using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>In which order the targets of an alias are tried.</summary>
internal interface ITargetStrategy
{
    /// <summary>Orders <paramref name="targets"/> in place for a call: the first is tried first.</summary>
    void Order(Span<TargetModel> targets, ModelCall model, IRandomSource random, long now);
}
