namespace Tidegate.Core.Resources.Reading;

/// <summary>Keys with values, in the order written. Duplicate keys are kept: who binds them reports them.</summary>
internal sealed class MapNode(string file, int line, int column, List<KeyValuePair<ScalarNode, Node>> entries) : Node(file, line, column)
{
    private long _size;

    public List<KeyValuePair<ScalarNode, Node>> Entries { get; } = entries;

    public override long Size
    {
        get
        {
            if (_size != 0) return _size;
            long size = 1;
            foreach (var (_, value) in Entries) size += 1 + value.Size;
            return _size = size;
        }
    }

    public override string Description => "a block of keys";

    /// <summary>The key as it stands first.</summary>
    public ScalarNode? FindKey(string key)
    {
        foreach (var (name, _) in Entries)
        {
            if (string.Equals(name.Text, key, StringComparison.Ordinal)) return name;
        }

        return null;
    }

    public Node? Find(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (string.Equals(name.Text, key, StringComparison.Ordinal)) return value;
        }

        return null;
    }
}
