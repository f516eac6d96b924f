namespace Tidegate.Core.Resources.Reading;

/// <summary>A list of values.</summary>
internal sealed class ListNode(string file, int line, int column, List<Node> items) : Node(file, line, column)
{
    private long _size;

    public List<Node> Items { get; } = items;

    public override long Size => _size != 0 ? _size : _size = 1 + Items.Sum(n => n.Size);

    public override string Description => "a list";
}
