using Tidegate.Core.Resources.OpenSlo.DataSources;
using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Reading;

/// <summary>YAML and JSON texts to a document. Collects every finding: texts that cannot be parsed, values that are not legal, and what the rules of the kinds say.</summary>
public static class DocumentReader
{
    // So many objects are read before their findings are counted: a text that is wrong everywhere does not make a million of them.
    private const int AtOnce = 4096;

    /// <summary>Reads texts.</summary>
    /// <param name="texts">The texts; each may hold many objects.</param>
    /// <param name="onto">Objects that stay unless a text names them again. Null (default): the texts are the whole document.</param>
    /// <param name="limits">Bounds. Null: the defaults.</param>
    /// <param name="lenient">True forgives objects of OpenSLO what files in the wild get wrong, and says so in warnings. Default false.</param>
    public static ReadResult Read(IEnumerable<SourceText> texts, ConfigDocument? onto = null, ReadLimits? limits = null, bool lenient = false)
    {
        limits ??= new ReadLimits();
        var findings = new FindingList(limits.Findings);
        var reader = new NodeReader(limits, findings);
        return Read(texts.SelectMany(reader.Read), () => reader.IsComplete, onto, findings, lenient);
    }

    /// <summary>Reads what was made of texts of another format.</summary>
    internal static ReadResult Read(IEnumerable<Node> nodes, Func<bool> areComplete, ConfigDocument? onto, FindingList findings, bool lenient)
    {
        var objects = ReadObjects(nodes, findings, onto, lenient, out var complete);
        complete &= areComplete();
        var kept = onto?.Resources.Where(r => !objects.ContainsKey(r.Id)).ToList() ?? [];
        var read = lenient ? findings.Copy() : findings;
        var result = Check(Together(), objects, complete, findings);
        if (!lenient || Forgiveness.Of(result.Findings, objects) is not { Count: > 0 } forgiven) return result;
        foreach (var one in forgiven) objects[one.Resource.Id] = one;
        return Check(Together(), objects, complete, read);

        ConfigDocument Together() => new([.. objects.Values.Select(o => o.Resource), .. kept]);
    }

    /// <summary>Reads one text.</summary>
    public static ReadResult Read(string name, string text) => Read([new SourceText(name, text)]);

    /// <summary>
    /// Reads a document that was accepted before, without asking the rules: one that is newer than the document must not keep a node from running
    /// what it ran yesterday.
    /// </summary>
    public static ReadResult ReadAccepted(SourceText text)
    {
        var limits = new ReadLimits();
        var findings = new FindingList(limits.Findings);
        var objects = ReadObjects(new NodeReader(limits, findings).Read(text), findings, null, lenient: false, out _);
        return new ReadResult(findings.HasErrors ? null : new ConfigDocument(objects.Values.Select(o => o.Resource)), findings.InOrder());
    }

    /// <summary>Runs the rules over a document that did not come from texts.</summary>
    public static ReadResult Check(ConfigDocument document) =>
        Check(document, new Dictionary<string, ReadObject>(StringComparer.Ordinal), complete: true, new FindingList(new ReadLimits().Findings));

    private static Dictionary<string, ReadObject> ReadObjects(IEnumerable<Node> nodes, FindingList findings, ConfigDocument? onto, bool lenient, out bool complete)
    {
        complete = true;
        var objects = new Dictionary<string, ReadObject>(StringComparer.Ordinal);
        var all = nodes.SelectMany(n => n is ListNode list ? list.Items : [n]);
        var types = lenient ? DataSourceTypes(all = [.. all], onto) : static _ => null;
        foreach (var some in all.Chunk(AtOnce))
        {
            // Findings of each apart, and joined in the order of the texts.
            int room = findings.Room;
            var bound = ManyObjects.Select(some, node =>
            {
                var own = new FindingList(room);
                if (lenient) node = new LenientObject(own, types).Read(node);
                return new Bound(new ObjectReader(own).Read(node), own);
            });
            foreach (var (read, own) in bound)
            {
                findings.Add(own);
                if (read is null) complete = false;
                else if (!objects.TryAdd(read.Resource.Id, read)) findings.Add(Duplicate(read, objects[read.Resource.Id]));
            }
        }

        return objects;
    }

    /// <summary>Which keys a metric source has depends on the DataSource it names, which may stand anywhere.</summary>
    private static Func<string, string?> DataSourceTypes(IEnumerable<Node> nodes, ConfigDocument? onto)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var map in nodes.OfType<MapNode>().Where(n => string.Equals(LenientNode.TextOf(n, "kind"), "DataSource", StringComparison.OrdinalIgnoreCase)))
        {
            if (LenientNode.TextOf(map.Find("metadata") as MapNode, "name") is { } name && LenientNode.TextOf(map.Find("spec") as MapNode, "type") is { } type) types.TryAdd(LenientName.Of(name), type);
        }

        return name => types.GetValueOrDefault(LenientName.Of(name)) ?? (onto?.Find($"DataSource/{LenientName.Of(name)}") as Resource<DataSourceConfig>)?.Spec.Type;
    }

    private static ReadResult Check(ConfigDocument document, IReadOnlyDictionary<string, ReadObject> texts, bool complete, FindingList findings)
    {
        var scope = new DocumentScope(document, texts, complete, findings);
        var kinds = ResourceKinds.All.ToDictionary(kind => kind.SpecType);
        foreach (var some in document.Resources.Chunk(AtOnce))
        {
            int room = findings.Room;
            foreach (var own in ManyObjects.Select(some, resource => Check(kinds[resource.UntypedSpec.GetType()], resource, scope, room))) findings.Add(own);
        }

        foreach (var kind in ResourceKinds.All) kind.Check(scope);
        return new ReadResult(findings.HasErrors ? null : document, findings.InOrder());
    }

    private static FindingList Check(ResourceKind kind, Resource resource, DocumentScope document, int room)
    {
        var own = new FindingList(room);
        var scope = document.Of(resource, own);
        CommonRules.Check(kind, resource, scope);
        kind.Check(resource, scope);
        return own;
    }

    private static Finding Duplicate(ReadObject read, ReadObject first) => new(
        FindingSeverity.Error, "duplicate_object", read.Resource.Id, "metadata.name",
        $"The name is taken: {first.Node.Position} defines {read.Resource.Id} already. Rename or remove one.", NodePath.Find(read.Node, "metadata.name").Position);

    private readonly record struct Bound(ReadObject? Object, FindingList Findings);
}
