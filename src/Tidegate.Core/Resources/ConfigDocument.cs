using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources;

/// <summary>The whole configuration: immutable, valid, ordered by kind and name.</summary>
public sealed class ConfigDocument
{
    private readonly Dictionary<string, Resource> _byId;

    /// <summary>Makes a document of resources whose ids are unique.</summary>
    public ConfigDocument(IEnumerable<Resource> resources)
    {
        Resource[] sorted = [.. resources];
        Array.Sort(sorted, Compare);
        Resources = sorted;
        _byId = new Dictionary<string, Resource>(sorted.Length, StringComparer.Ordinal);
        foreach (var resource in sorted) _byId.Add(resource.Id, resource);
    }

    /// <summary>A document without objects.</summary>
    public static ConfigDocument Empty { get; } = new([]);

    /// <summary>All objects, ordered by kind and name.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>All services.</summary>
    public IEnumerable<Resource<ServiceConfig>> Services => OfKind<ServiceConfig>();

    /// <summary>All routes.</summary>
    public IEnumerable<Resource<RouteConfig>> Routes => OfKind<RouteConfig>();

    /// <summary>All consumers.</summary>
    public IEnumerable<Resource<ConsumerConfig>> Consumers => OfKind<ConsumerConfig>();

    /// <summary>All providers of models.</summary>
    public IEnumerable<Resource<ProviderConfig>> Providers => OfKind<ProviderConfig>();

    /// <summary>All model aliases.</summary>
    public IEnumerable<Resource<ModelConfig>> Models => OfKind<ModelConfig>();

    /// <summary>The objects whose specification is <typeparamref name="TSpec"/>.</summary>
    public IEnumerable<Resource<TSpec>> OfKind<TSpec>()
        where TSpec : class => Resources.OfType<Resource<TSpec>>();

    /// <summary>The object with this id (<c>Route/orders</c>), or null.</summary>
    public Resource? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The order of the document: by kind, then by name.</summary>
    internal static int Compare(Resource a, Resource b) =>
        string.CompareOrdinal(a.KindWord, b.KindWord) is var kinds && kinds != 0 ? kinds : string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name);
}
