namespace Tidegate.Core.Resources.Reading;

/// <summary>Finds the node of a key path such as <c>spec.match.hosts[1]</c>, or the nearest one above it.</summary>
internal static class NodePath
{
    public static Node Find(Node root, string path)
    {
        var node = root;
        for (int at = 0; at < path.Length;)
        {
            Node? next;
            if (path[at] == '[')
            {
                int end = path.IndexOf(path.AsSpan(at).StartsWith("[\"", StringComparison.Ordinal) ? "\"]" : "]", at + 1, StringComparison.Ordinal);
                next = path[at + 1] == '"'
                    ? (node as MapNode)?.Find(path[(at + 2)..end])
                    : (node as ListNode)?.Items.ElementAtOrDefault(int.Parse(path.AsSpan(at + 1, end - at - 1), provider: null));
                at = end + (path[at + 1] == '"' ? 2 : 1);
            }
            else
            {
                int end = path.AsSpan(at).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : at + end;
                next = (node as MapNode)?.Find(path[at..end]);
                at = end;
            }

            if (next is null) return node;
            node = next;
            if (at < path.Length && path[at] == '.') at++;
        }

        return node;
    }
}
