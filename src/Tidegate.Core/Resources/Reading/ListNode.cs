namespace Tidegate.Core.Resources.Reading;

/// <summary>A list of values.</summary>
internal sealed class ListNode(string file, int line, int column, List<Node> items) : Node(file, line, column)
{
    private long _size;

    public List<Node> Items { get; } = items;

    public override long Size
    {
        get
        {
            if (_size != 0) return _size;
            long size = 1;
            foreach (var item in Items) size += item.Size;
            return _size = size;
        }
    }

    public override string Description => "a list";
}
