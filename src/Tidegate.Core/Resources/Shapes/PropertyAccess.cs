using System.Reflection;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Reads and writes one property of a configuration record. Delegates to the accessors themselves: nothing is generated at run time, which matters while a process is young.</summary>
internal abstract class PropertyAccess
{
    public abstract object? Get(object instance);

    public abstract void Set(object instance, object? value);

    public static PropertyAccess Of(PropertyInfo property)
    {
        // Made and then bound: a constructor with an argument would be called through code generated for every type of property.
        var access = (PropertyAccess)Activator.CreateInstance(typeof(Typed<,>).MakeGenericType(property.DeclaringType!, property.PropertyType))!;
        access.Bind(property);
        return access;
    }

    protected abstract void Bind(PropertyInfo property);

    private sealed class Typed<TOwner, TValue> : PropertyAccess
        where TOwner : class
    {
        private Func<TOwner, TValue> _get = null!;
        private Action<TOwner, TValue> _set = null!;

        public override object? Get(object instance) => _get((TOwner)instance);

        public override void Set(object instance, object? value) => _set((TOwner)instance, (TValue)value!);

        protected override void Bind(PropertyInfo property) => (_get, _set) =
            (property.GetMethod!.CreateDelegate<Func<TOwner, TValue>>(), property.SetMethod!.CreateDelegate<Action<TOwner, TValue>>());
    }
}
