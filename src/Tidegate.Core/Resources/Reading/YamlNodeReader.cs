using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tidegate.Core.Resources.Reading;

/// <summary>YAML text to nodes, by parser events. Anchors, aliases and merge keys (<c>&lt;&lt;</c>) are resolved; tags other than the standard ones are refused.</summary>
internal sealed class YamlNodeReader(string file, YamlChunk chunk, ReadLimits limits)
{
    private static readonly string[] StandardTags = ["str", "int", "float", "bool", "null", "map", "seq"];

    private readonly Parser _parser = new(new Scanner(new StringReader(chunk.ToString()), skipComments: true));
    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal); // null while the anchored value is being read
    private long _aliased;

    /// <summary>The documents of the chunk; empty ones are left out.</summary>
    public IEnumerable<Node> Documents()
    {
        while (Next())
        {
            if (_parser.Current is not DocumentStart) continue;
            _anchors.Clear();
            _aliased = 0;
            Next();
            var node = Read(depth: 1);
            if (node is not ScalarNode { IsEmpty: true }) yield return node;
        }
    }

    private bool Next()
    {
        try { return _parser.MoveNext(); }
        catch (YamlException e)
        {
            throw new UnreadableTextException("syntax", $"This is not YAML: {e.Message.TrimEnd('.')}.", At(e.Start));
        }
    }

    private Node Read(int depth)
    {
        var current = _parser.Current!;
        if (depth > limits.Depth) throw new UnreadableTextException("too_deep", $"Nested deeper than {limits.Depth} levels.", At(current.Start));
        if (current is AnchorAlias alias) return Resolve(alias);

        var anchor = ((NodeEvent)current).Anchor;
        if (!anchor.IsEmpty) _anchors[anchor.Value] = null;
        Node node = current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart list => ReadList(list, depth),
            MappingStart map => ReadMap(map, depth),
            _ => throw new UnreadableTextException("syntax", "A value is missing.", At(current.Start)),
        };
        if (!anchor.IsEmpty) _anchors[anchor.Value] = node;
        return node;
    }

    private Node Resolve(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
            throw new UnreadableTextException("unknown_anchor", $"No anchor &{name} stands above the alias *{name} in this document.", At(alias.Start));
        if (node is null) throw new UnreadableTextException("alias_loop", $"The alias *{name} stands inside its own anchor.", At(alias.Start));
        _aliased += node.Size;
        if (_aliased > limits.AliasedNodes)
            throw new UnreadableTextException("too_many_aliases", $"The aliases of this document stand for more than {limits.AliasedNodes} values.", At(alias.Start));
        return node;
    }

    private ScalarNode ReadScalar(Scalar scalar)
    {
        var tagged = CheckTag(scalar);
        var style = scalar.Style != YamlDotNet.Core.ScalarStyle.Plain || tagged == "str" ? ScalarStyle.Quoted : ScalarStyle.Plain;
        return new ScalarNode(file, Line(scalar.Start), Column(scalar.Start), scalar.Value, style);
    }

    private ListNode ReadList(SequenceStart start, int depth)
    {
        CheckTag(start);
        var items = new List<Node>();
        while (Next() && _parser.Current is not SequenceEnd) items.Add(Read(depth + 1));
        return new ListNode(file, Line(start.Start), Column(start.Start), items);
    }

    private MapNode ReadMap(MappingStart start, int depth)
    {
        CheckTag(start);
        var entries = new List<KeyValuePair<ScalarNode, Node>>();
        List<Node>? merged = null;
        while (Next() && _parser.Current is not MappingEnd)
        {
            if (Read(depth + 1) is not ScalarNode key)
                throw new UnreadableTextException("syntax", "A key must be a single word.", At(_parser.Current!.Start));
            Next();
            var value = Read(depth + 1);
            if (key is { Style: ScalarStyle.Plain, Text: "<<" }) (merged ??= []).Add(value);
            else entries.Add(new(key, value));
        }

        if (merged is not null) Merge(entries, merged);
        return new MapNode(file, Line(start.Start), Column(start.Start), entries);
    }

    /// <summary>YAML's merge key: written keys win over merged ones, earlier merged ones over later ones.</summary>
    private static void Merge(List<KeyValuePair<ScalarNode, Node>> entries, List<Node> merged)
    {
        var known = entries.Select(e => e.Key.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var source in merged.SelectMany(m => m is ListNode list ? list.Items : [m]))
        {
            if (source is not MapNode map) throw new UnreadableTextException("bad_merge", "The merge key << takes an alias of a block of keys, or a list of those.", source.Position);
            foreach (var entry in map.Entries)
            {
                if (known.Add(entry.Key.Text)) entries.Add(entry);
            }
        }
    }

    /// <summary>The short name of a standard tag, or null for none.</summary>
    private string? CheckTag(NodeEvent node)
    {
        const string standard = "tag:yaml.org,2002:";
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific) return null;
        var tag = node.Tag.Value;
        return tag.StartsWith(standard, StringComparison.Ordinal) && StandardTags.Contains(tag[standard.Length..], StringComparer.Ordinal)
            ? tag[standard.Length..]
            : throw new UnreadableTextException("tag", $"The tag {tag} has no meaning here: remove it.", At(node.Start));
    }

    private int Line(Mark mark) => (int)mark.Line + chunk.FirstLine - 1;

    private static int Column(Mark mark) => (int)mark.Column;

    private SourcePosition At(Mark mark) => new(file, Line(mark), Column(mark));
}
