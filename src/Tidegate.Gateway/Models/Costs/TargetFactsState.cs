using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Catalogue;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>The facts of a target, found again when another catalogue comes into force; calls only compare a number.</summary>
internal sealed class TargetFactsState
{
    private readonly ProviderConfig _provider;
    private readonly string _model;
    private readonly CatalogueSource _source;
    private volatile Found _found;

    public TargetFactsState(ProviderConfig provider, string model, CatalogueSource source)
    {
        (_provider, _model, _source) = (provider, model, source);
        _found = Find();
    }

    /// <summary>The facts as of now.</summary>
    public TargetFacts Current
    {
        get
        {
            var found = _found;
            return found.Version == _source.Version ? found.Facts : (_found = Find()).Facts;
        }
    }

    private Found Find()
    {
        var version = _source.Version; // before it is read: a change meanwhile is seen the next time
        return new Found(version, TargetFacts.Of(_provider, _model, _source.Current));
    }

    private sealed record Found(int Version, TargetFacts Facts);
}
