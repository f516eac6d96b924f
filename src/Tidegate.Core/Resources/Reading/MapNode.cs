namespace Tidegate.Core.Resources.Reading;

/// <summary>Keys with values, in the order written. Duplicate keys are kept: who binds them reports them.</summary>
internal sealed class MapNode(string file, int line, int column, List<KeyValuePair<ScalarNode, Node>> entries) : Node(file, line, column)
{
    private long _size;

    public List<KeyValuePair<ScalarNode, Node>> Entries { get; } = entries;

    public override long Size => _size != 0 ? _size : _size = 1 + Entries.Sum(e => 1 + e.Value.Size);

    public override string Description => "a block of keys";

    public Node? Find(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (string.Equals(name.Text, key, StringComparison.Ordinal)) return value;
        }

        return null;
    }
}
