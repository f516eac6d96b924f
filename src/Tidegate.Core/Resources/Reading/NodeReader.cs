namespace Tidegate.Core.Resources.Reading;

/// <summary>Texts to nodes: picks the syntax, watches the limits, and turns what cannot be read into findings.</summary>
internal sealed class NodeReader(ReadLimits limits, FindingList findings)
{
    private long _characters;
    private long _nodes;

    /// <summary>False once something could not be read.</summary>
    public bool Complete { get; private set; } = true;

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

        return source.IsJson ? Guarded(() => JsonNodeReader.Read(source, limits)) : [.. YamlChunk.Split(source.Text).SelectMany(c => Yaml(source.Name, c))];
    }

    private List<Node> Yaml(string file, YamlChunk chunk)
    {
        // What was read before a syntax error in the same chunk is kept.
        var nodes = new List<Node>();
        Guarded(() =>
        {
            if (!BlockYamlReader.TryRead(file, chunk, out var usual))
                foreach (var node in new YamlNodeReader(file, chunk, limits).Documents()) nodes.Add(node);
            else if (usual is not null)
                nodes.Add(usual);
            return nodes;
        });
        return nodes;
    }

    private List<Node> Guarded(Func<List<Node>> read)
    {
        try
        {
            var nodes = read();
            foreach (var node in nodes)
            {
                _nodes += node.Size;
                if (_nodes > limits.Nodes) throw new UnreadableTextException("too_large", $"The texts hold more than {limits.Nodes} values together.", node.Position);
            }

            return nodes;
        }
        catch (UnreadableTextException e)
        {
            Report(e);
            return [];
        }
    }

    private void Report(UnreadableTextException problem)
    {
        Complete = false;
        findings.Add(new Finding(FindingSeverity.Error, problem.Code, "", "", problem.Message, problem.Position));
    }
}
