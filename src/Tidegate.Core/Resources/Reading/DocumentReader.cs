using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Reading;

/// <summary>YAML and JSON texts to a document. Collects every finding: texts that cannot be parsed, values that are not legal, and what the rules of the kinds say.</summary>
public static class DocumentReader
{
    // So many objects are read before their findings are counted: a text that is wrong everywhere does not make a million of them.
    private const int Together = 4096;

    /// <summary>Reads texts.</summary>
    /// <param name="texts">The texts; each may hold many objects.</param>
    /// <param name="onto">Objects that stay unless a text names them again. Null (default): the texts are the whole document.</param>
    /// <param name="limits">Bounds. Null: the defaults.</param>
    public static ReadResult Read(IEnumerable<SourceText> texts, ConfigDocument? onto = null, ReadLimits? limits = null)
    {
        limits ??= new ReadLimits();
        var findings = new FindingList(limits.Findings);
        var objects = ReadObjects(texts, limits, findings, out var complete);
        var kept = onto?.Resources.Where(r => !objects.ContainsKey(r.Id)) ?? [];
        return Check(new ConfigDocument([.. objects.Values.Select(o => o.Resource), .. kept]), objects, complete, findings);
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
        var objects = ReadObjects([text], limits, findings, out _);
        return new ReadResult(findings.HasErrors ? null : new ConfigDocument(objects.Values.Select(o => o.Resource)), findings.InOrder());
    }

    /// <summary>Runs the rules over a document that did not come from texts.</summary>
    public static ReadResult Check(ConfigDocument document) =>
        Check(document, new Dictionary<string, ReadObject>(StringComparer.Ordinal), complete: true, new FindingList(new ReadLimits().Findings));

    private static Dictionary<string, ReadObject> ReadObjects(IEnumerable<SourceText> texts, ReadLimits limits, FindingList findings, out bool complete)
    {
        complete = true;
        var nodes = new NodeReader(limits, findings);
        var objects = new Dictionary<string, ReadObject>(StringComparer.Ordinal);
        foreach (var some in texts.SelectMany(nodes.Read).SelectMany(n => n is ListNode list ? list.Items : [n]).Chunk(Together))
        {
            // Findings of each apart, and joined in the order of the texts.
            int room = findings.Room;
            var bound = ManyObjects.Select(some, node =>
            {
                var own = new FindingList(room);
                return new Bound(new ObjectReader(own).Read(node), own);
            });
            foreach (var (read, own) in bound)
            {
                findings.Add(own);
                if (read is null) complete = false;
                else if (!objects.TryAdd(read.Resource.Id, read)) findings.Add(Duplicate(read, objects[read.Resource.Id]));
            }
        }

        complete &= nodes.IsComplete;
        return objects;
    }

    private static ReadResult Check(ConfigDocument document, IReadOnlyDictionary<string, ReadObject> texts, bool complete, FindingList findings)
    {
        var scope = new DocumentScope(document, texts, complete, findings);
        var kinds = ResourceKinds.All.ToDictionary(kind => kind.SpecType);
        foreach (var some in document.Resources.Chunk(Together))
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
