namespace Tidegate.Core.Resources.Reading;

/// <summary>Texts to nodes: picks the syntax, watches the limits, and turns what cannot be read into findings.</summary>
internal sealed class NodeReader(ReadLimits limits, FindingList findings)
{
    private long _characters;
    private long _nodes;

    /// <summary>False once something could not be read.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>All documents of the text that can be read.</summary>
    public IReadOnlyList<Node> Read(SourceText source)
    {
        // A byte order mark would become a part of the first key.
        if (source.Text.StartsWith('\uFEFF')) source = source with { Text = source.Text[1..] };
        _characters += source.Text.Length;
        if (_characters > limits.Characters)
        {
            Report(new("too_large", $"The texts are longer than {limits.Characters} characters together.", new(source.Name, 1, 1)));
            return [];
        }

        // The YAML scanner takes NUL for the end of the text: what follows would be lost without a word.
        int nul = source.Text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            Report(new("syntax", "The text holds a NUL character: it is not a text file.", new(source.Name, source.Text.AsSpan(0, nul).Count('\n') + 1, 1)));
            return [];
        }

        return source.IsJson ? Guarded(kept => kept.AddRange(JsonNodeReader.Read(source, limits))) : Yaml(source);
    }

    /// <summary>What is written as usual is read by all processors; the rest by the complete parser, one after the other, because its aliases can stand for much.</summary>
    private List<Node> Yaml(SourceText source)
    {
        var chunks = YamlChunk.Split(source.Text).ToList();
        var usual = ManyObjects.Select(chunks, chunk => new UsualYaml(BlockYamlReader.TryRead(source.Name, chunk, out var node), node));
        var nodes = new List<Node>(chunks.Count);
        for (int i = 0; i < chunks.Count; i++)
        {
            if (!usual[i].IsRead) nodes.AddRange(Whole(source.Name, chunks[i]));
            else if (usual[i].Document is { } node) Keep(node, nodes);
        }

        return nodes;
    }

    private List<Node> Whole(string file, YamlChunk chunk) => Guarded(kept =>
    {
        foreach (var node in new YamlNodeReader(file, chunk, limits).Documents()) kept.Add(node);
    });

    private void Keep(Node node, List<Node> nodes)
    {
        nodes.Add(node);
        try
        {
            Count(node);
        }
        catch (UnreadableTextException e)
        {
            Report(e);
        }
    }

    /// <summary>What was read before an error is kept.</summary>
    private List<Node> Guarded(Action<List<Node>> read)
    {
        var nodes = new List<Node>(1);
        try
        {
            read(nodes);
            foreach (var node in nodes) Count(node);
        }
        catch (UnreadableTextException e)
        {
            Report(e);
        }

        return nodes;
    }

    private void Count(Node node)
    {
        _nodes += node.Size;
        if (_nodes > limits.Nodes) throw new UnreadableTextException("too_large", $"The texts hold more than {limits.Nodes} values together.", node.Position);
    }

    private void Report(UnreadableTextException problem)
    {
        IsComplete = false;
        findings.Add(new Finding(FindingSeverity.Error, problem.Code, "", "", problem.Message, problem.Position));
    }

    // Types of our own as type arguments, here and wherever many objects are worked on: over tuples the code of ManyObjects could not be compiled ahead.
    private readonly record struct UsualYaml(bool IsRead, Node? Document);
}
