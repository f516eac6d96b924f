using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Tidegate.Tests.Architecture;

/// <summary>
/// Reads from an assembly which types use which: base types, interfaces, fields, signatures, attributes, locals and every instruction.
/// Reflection would not see method bodies, and source text not what the compiler inferred.
/// </summary>
internal sealed class AssemblyReader : IDisposable
{
    private static readonly OpCode[] OneByte = new OpCode[256];
    private static readonly OpCode[] TwoByte = new OpCode[256];
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly TypeCollector _collector;

    static AssemblyReader()
    {
        foreach (var field in typeof(OpCodes).GetFields().Where(field => field.FieldType == typeof(OpCode)))
        {
            var code = (OpCode)field.GetValue(null)!;
            if (code.Size == 1) OneByte[(ushort)code.Value] = code;
            else TwoByte[(ushort)code.Value & 0xff] = code;
        }
    }

    public AssemblyReader(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        _collector = new TypeCollector(_metadata);
    }

    /// <summary>Names of referenced assemblies.</summary>
    public IEnumerable<string> References => _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name));

    /// <summary>All uses between top-level types.</summary>
    public IReadOnlyList<TypeUse> Uses()
    {
        var uses = new HashSet<TypeUse>();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var from = _collector.NameOf(handle);
            _collector.Found.Clear();
            Visit(_metadata.GetTypeDefinition(handle));
            foreach (var to in _collector.Found.Where(to => to != from)) uses.Add(new TypeUse(from, to));
        }

        return [.. uses];
    }

    /// <summary>Top-level types that other assemblies can see.</summary>
    public IReadOnlyList<TypeName> PublicTypes() =>
    [
        .. _metadata.TypeDefinitions.Where(handle => (_metadata.GetTypeDefinition(handle).Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
            .Select(_collector.NameOf),
    ];

    public void Dispose() => _file.Dispose();

    private void Visit(TypeDefinition type)
    {
        _collector.Add(type.BaseType);
        foreach (var handle in type.GetInterfaceImplementations()) _collector.Add(_metadata.GetInterfaceImplementation(handle).Interface);
        Attributes(type.GetCustomAttributes());
        foreach (var handle in type.GetFields())
        {
            var field = _metadata.GetFieldDefinition(handle);
            field.DecodeSignature(_collector, null);
            Attributes(field.GetCustomAttributes());
        }

        foreach (var handle in type.GetProperties()) Attributes(_metadata.GetPropertyDefinition(handle).GetCustomAttributes());
        foreach (var handle in type.GetMethods())
        {
            var method = _metadata.GetMethodDefinition(handle);
            method.DecodeSignature(_collector, null);
            Attributes(method.GetCustomAttributes());
            foreach (var parameter in method.GetParameters()) Attributes(_metadata.GetParameter(parameter).GetCustomAttributes());
            if (method.RelativeVirtualAddress != 0) Body(_file.GetMethodBody(method.RelativeVirtualAddress));
        }
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var handle in attributes) _collector.Add(_metadata.GetCustomAttribute(handle).Constructor);
    }

    private void Body(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil) _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_collector, null);
        foreach (var region in body.ExceptionRegions) _collector.Add(region.CatchType);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var operation = first == 0xfe ? TwoByte[code.ReadByte()] : OneByte[first];
            switch (operation.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    _collector.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32(); // on its own line: += would take the offset before the count was read
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineNone:
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }
}
